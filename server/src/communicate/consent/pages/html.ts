import { createHash } from 'node:crypto';

/** Text that is HTML already. Only `html` makes it. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

type Part = string | number | boolean | null | undefined | Html | readonly Part[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

function render(part: Part): string {
  if (part === null || part === undefined || part === false || part === true) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'string') return escaped(part);
  return typeof part === 'number' ? String(part) : part.map(render).join('');
}

/** A template whose values are escaped unless they are `Html`; lists are joined, null and truth values left out. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(strings.map((text, index) => text + render(parts[index])).join(''));

const style = `
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--paper:#fff;--ground:#f4f5f7;--line:#c9d0d8;--main:#1f5fd0;--on:#fff;--good:#e6f4ea;--focus:#1f5fd0}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#aab2bd;--paper:#1d2127;--ground:#131619;--line:#4a525c;--main:#8ab4f8;--on:#10151c;--good:#1d3426;--focus:#8ab4f8}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:36rem;margin:0 auto;padding:1.5rem 1rem 3rem}
.sheet{background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:1.25rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem;overflow-wrap:anywhere}
h2,legend{font-size:1.05rem;font-weight:600;padding:0 .5rem 0 0}
p{margin:.5rem 0 1rem;overflow-wrap:anywhere}
.soft{color:var(--soft);font-size:.95rem}
fieldset{border:0;border-top:1px solid var(--line);margin:1.25rem 0 0;padding:1rem 0 0;min-width:0}
label{display:flex;gap:.75rem;align-items:flex-start;padding:.5rem 0;min-height:44px;cursor:pointer}
label span{overflow-wrap:anywhere}
input[type=checkbox],input[type=radio]{width:1.25rem;height:1.25rem;margin:.15rem 0 0;flex:none;accent-color:var(--main)}
.row{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.25rem}
button{font:inherit;font-weight:600;min-height:44px;padding:.5rem 1.1rem;border-radius:8px;border:1px solid var(--main);background:var(--main);color:var(--on);cursor:pointer}
button.plain{background:transparent;color:var(--main)}
a{color:var(--main)}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.done{background:var(--good);border:1px solid var(--line);border-radius:8px;padding:.75rem 1rem;margin:0 0 1rem}
nav{display:flex;justify-content:flex-end;gap:1rem;margin-bottom:.75rem}
nav a,nav span{display:inline-block;padding:.5rem .25rem}
@media (prefers-reduced-motion:no-preference){button{transition:opacity .1s}}
`;
const styleHash = createHash('sha256').update(style).digest('base64');

/** Nothing but our own style and forms that come back to us: no script, no picture, no frame. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

export interface PageFrame {
  readonly language: 'fr' | 'en';
  readonly title: string;
  readonly shop: string;
  /** The same page in the other language; null where there is none. */
  readonly other: { readonly href: string; readonly name: string; readonly language: string } | null;
}

/** A whole page: works without scripts and at any width. */
export const page = ({ language, title, shop, other }: PageFrame, body: Html): string => {
  const heading = shop === '' ? title : `${title} · ${shop}`;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${heading}</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
${other === null ? null : html`<nav><a href="${other.href}" lang="${other.language}" hreflang="${other.language}">${other.name}</a></nav>`}
<div class="sheet">
${shop === '' ? null : html`<p class="soft">${shop}</p>`}
${body}
</div>
</main>
</body>
</html>
`.text;
};
