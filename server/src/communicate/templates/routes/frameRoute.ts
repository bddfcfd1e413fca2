import { createHash } from 'node:crypto';
import type { HttpApp } from '../../../platform/index.ts';

/**
 * Shows a page it is told by the console around it, and says how high that is. `innerHTML` runs no scripts of the page; the
 * policy allows none but this one, and the sandbox takes away everything else: cookies, forms, opening windows.
 */
const script = `addEventListener('message',function(e){if(e.source!==parent||typeof e.data!=='object'||e.data===null||typeof e.data.html!=='string')return;
document.documentElement.innerHTML=e.data.html;var d=document.createElement('style');
d.textContent=e.data.dark?'html{background:#111;filter:invert(1) hue-rotate(180deg)}img,video{filter:invert(1) hue-rotate(180deg)}':'';
document.head.appendChild(d);
tell();});
var tell=function(){parent.postMessage({height:Math.ceil(document.documentElement.getBoundingClientRect().height)},'*')};
new ResizeObserver(tell).observe(document.documentElement);
parent.postMessage({ready:true},'*');`;

const policy = [
  "default-src 'none'",
  `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  "style-src 'unsafe-inline'",
  'img-src http: https: data:',
  "frame-ancestors 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  'sandbox allow-scripts',
].join('; ');

const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Message</title><script>${script}</script></head><body></body></html>`;

/** `/m/frame`: where the console shows messages, apart from itself. The page says nothing of anybody. */
export function registerFrameRoute(app: HttpApp): void {
  app.get(
    '/m/frame',
    {
      config: { access: 'public' },
      schema: { hide: true },
    },
    async (_request, reply) =>
      reply
        .header('content-security-policy', policy)
        .header('x-frame-options', 'SAMEORIGIN')
        .header('cache-control', 'public, max-age=3600')
        .type('text/html; charset=utf-8')
        .send(page),
  );
}
