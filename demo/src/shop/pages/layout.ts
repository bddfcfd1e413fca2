import { brandName } from '../../market.ts';
import { type Html, html, jsonIsland } from '../html.ts';
import { categoryName, categoryPath, departmentPath, departments, type Shop } from '../shopSite.ts';

/** What page calls name each kind of page, in every language alike, as the generated history does. */
const pageNames = {
  home: 'Home',
  department: 'Department',
  category: 'Category',
  product: 'Product',
  search: 'Search',
  cart: 'Cart',
  checkout: 'Checkout',
  confirmed: 'Order confirmed',
  account: 'Account',
  missing: 'Not found',
} as const;

export interface Page {
  /** Path under the language, with slashes: `/`, `/p/…/`. */
  readonly path: string;
  readonly title: string;
  /** What the client runs. */
  readonly kind: keyof typeof pageNames;
  readonly data?: unknown;
  readonly content: Html;
}

const sign = html`<svg class="sign" viewBox="0 0 24 28" aria-hidden="true"><path d="M2 27V12a10 10 0 0 1 20 0v15z"/><path d="M7 27V12a5 5 0 0 1 10 0v15M12 2v25M2 12h20M2 20h20"/></svg>`;
export const icons = {
  search: html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/></svg>`,
  account: html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="8" r="4"/><path d="M4 21c1-5 4-7 8-7s7 2 8 7"/></svg>`,
  cart: html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M5 8h14l1 13H4zM9 8V6a3 3 0 0 1 6 0v2"/></svg>`,
  menu: html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M3 7h18M3 12h18M3 17h18"/></svg>`,
};

/** A whole document around a page's content. */
export function layout(shop: Shop, page: Page): Html {
  const { texts: t, language } = shop;
  const title = page.kind === 'home' ? `${brandName}, ${t.tagline.toLowerCase()}` : `${page.title} · ${brandName}`;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${brandName} · ${t.tagline}">
<link rel="icon" href="/sign.svg" type="image/svg+xml">
${shop.preload.map((font) => html`<link rel="preload" href="${font}" as="font" type="font/woff2" crossorigin>`)}
<link rel="stylesheet" href="${shop.style}">
<script type="module" src="${shop.script}"></script>
</head>
<body data-page="${page.kind}" data-name="${pageNames[page.kind]}">
<a class="skip" href="#content">${t.skip}</a>
<p class="banner">${t.banner}</p>
${header(shop, page)}
<main id="content" tabindex="-1">
${page.content}
</main>
${footer(shop)}
${consent(shop)}
<div class="toast" role="status" aria-live="polite" id="toast"></div>
${jsonIsland('page-data', page.data ?? null)}
</body>
</html>
`;
}

function header(shop: Shop, page: Page): Html {
  const { texts: t, language } = shop;
  const other = language === 'fr' ? 'en' : 'fr';
  return html`<header class="top">
<details class="menu"><summary aria-label="${t.menu}">${icons.menu}</summary>
<nav aria-label="${t.menu}">${departments.map(
    (department) =>
      html`<div><a class="menu-head" href="${departmentPath(shop, department)}">${t[department]}</a><ul>${shop.catalogue.categories
        .filter((category) => category.department === department)
        .map(
          (category) => html`<li><a href="${categoryPath(shop, category)}">${categoryName(shop, category)}</a></li>`,
        )}</ul></div>`,
  )}</nav></details>
<nav class="departments" aria-label="${t.departments}">${departments.map((department) => html`<a href="${departmentPath(shop, department)}">${t[department]}</a>`)}</nav>
<a class="brand" href="/${language}/" aria-label="${brandName}">${sign}<span>${brandName}</span></a>
<div class="tools">
<form class="finder" action="/${language}/search/" role="search"><label class="hidden" for="finder">${t.search}</label><input id="finder" name="q" type="search" placeholder="${t.searchHint}" autocomplete="off" required><button aria-label="${t.search}">${icons.search}</button></form>
<a class="tool finder-link" href="/${language}/search/" aria-label="${t.search}">${icons.search}</a>
<a class="tool" href="/${language}/account/" aria-label="${t.account}">${icons.account}</a>
<a class="tool" href="/${language}/cart/">${icons.cart}<span class="hidden">${t.cart}</span><span class="count" id="cart-count" hidden></span></a>
<a class="tongue" href="/${other}${page.path}" hreflang="${other}" lang="${other}">${t.language}</a>
</div>
</header>`;
}

function footer(shop: Shop): Html {
  const { texts: t, language } = shop;
  return html`<footer class="bottom">
<section class="letter" aria-labelledby="letter-title"><div><h2 id="letter-title">${t.newsletter}</h2><p>${t.newsletterText}</p></div>
<form id="letter" novalidate><label class="hidden" for="letter-email">${t.email}</label><input id="letter-email" name="email" type="email" placeholder="${t.email}" autocomplete="email" required><button class="button">${t.subscribe}</button><p class="fault" role="alert"></p></form></section>
<div class="columns">${departments.map(
    (department) =>
      html`<div><h3><a href="${departmentPath(shop, department)}">${t[department]}</a></h3><ul>${shop.catalogue.categories
        .filter((category) => category.department === department)
        .slice(0, 6)
        .map(
          (category) => html`<li><a href="${categoryPath(shop, category)}">${categoryName(shop, category)}</a></li>`,
        )}</ul></div>`,
  )}
<div><h3>${t.help}</h3><ul><li><a href="/${language}/account/">${t.account}</a></li><li><a href="/${language}/cart/">${t.cart}</a></li><li><button class="plain" id="cookies" type="button">${t.cookies}</button></li></ul></div></div>
<p class="small">${t.footerText}</p>
</footer>`;
}

function consent({ texts: t }: Shop): Html {
  const choices = [
    ['analytics', t.consentAnalytics],
    ['advertising', t.consentAdvertising],
    ['personalisation', t.consentPersonalisation],
  ] as const;
  return html`<section class="consent" id="consent" role="dialog" aria-labelledby="consent-title" hidden>
<div><h2 id="consent-title">${t.consentTitle}</h2><p>${t.consentText}</p>
<fieldset id="consent-choices" hidden><legend class="hidden">${t.consentChoose}</legend>${choices.map(([name, label]) => html`<label class="check"><input type="checkbox" name="${name}"> ${label}</label>`)}</fieldset></div>
<div class="actions"><button class="button" type="button" data-consent="all">${t.consentAll}</button><button class="button quiet" type="button" data-consent="none">${t.consentNone}</button><button class="plain" type="button" data-consent="choose">${t.consentChoose}</button><button class="button quiet" type="button" data-consent="save" hidden>${t.consentSave}</button></div>
</section>`;
}
