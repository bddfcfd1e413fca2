export type { MessageLinks } from './assemble.ts';
export { createCountdownLinks } from './images/countdownLink.ts';
export { findSystemTemplate } from './ready/takeReady.ts';
export { createRenderer, type Renderer } from './render.ts';
export { registerTemplateRoutes } from './routes.ts';
