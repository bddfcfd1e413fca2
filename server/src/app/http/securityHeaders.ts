/** Answers that are no pages (JSON, files, metrics) may load nothing at all, should a browser ever show one. */
export const dataPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

/**
 * The console. Scripts come from our own files only. Mantine writes its theme variables into a <style> element, which
 * carries the nonce; chart tooltips set style attributes, which no nonce can cover (CSP 3, style-src-attr).
 */
export const consolePolicy = (nonce: string, framesShops: boolean): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    // Messages, and the editor that builds them, stand in frames of their own; where the shop's pages are edited, these too.
    framesShops ? "frame-src 'self' http: https:" : "frame-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/**
 * The visual editor of e-mails, in a frame of the console: it writes styles as its authors see fit, and pictures of mails come
 * from wherever the shop keeps them. No scripts but our own.
 */
export const editorPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  'img-src http: https: data: blob:',
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

/**
 * The browsable reference: Swagger UI from our own files, offline; its icons are data: images. The hash is of the one
 * style element that its script adds (swagger-ui of @fastify/swagger-ui 6.1.3).
 */
export const referencePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
