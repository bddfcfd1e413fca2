declare module 'grapesjs/locale/*.mjs' {
  const messages: Record<string, unknown>;
  export default messages;
}
declare module 'grapesjs-mjml/locale/*.js' {
  const messages: Record<string, unknown> | { readonly default: Record<string, unknown> };
  export default messages;
}
