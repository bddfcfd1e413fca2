import type { Model } from '../../catalogue/catalogue.ts';
import type { Department } from '../../catalogue/categories.table.ts';
import type { Category } from '../../catalogue/categories.ts';
import { html } from '../html.ts';
import {
  articleData,
  categoryName,
  categoryPath,
  departmentPath,
  departments,
  displayed,
  modelPath,
  picturePath,
  type Shop,
} from '../shopSite.ts';
import { cards } from './cards.ts';
import { heroPicture } from './heroPicture.ts';
import type { Page } from './layout.ts';

const byPopularity = (a: Model, b: Model) => b.popularity - a.popularity;

export function homePage(shop: Shop): Page {
  const { texts: t, catalogue } = shop;
  const loved = [...catalogue.models]
    .sort(byPopularity)
    .filter(once((model) => model.category.code))
    .slice(0, 8);
  const fresh = catalogue.byCategory
    .flatMap((models) => models.slice(-1))
    .filter((_, place) => place % 3 === 1)
    .slice(0, 8);
  const candle = catalogue.models.find((model) => model.category.code === 'BO');
  return {
    path: '/',
    title: 'Home',
    kind: 'home',
    content: html`<section class="hero"><div class="hero-text"><h1>${t.heroTitle}</h1><p>${t.heroText}</p><p class="actions"><a class="button" href="${departmentPath(shop, 'women')}">${t.heroButton}</a><a class="button quiet" href="${departmentPath(shop, 'home')}">${t.heroSecond}</a></p></div>${heroPicture()}</section>
<section aria-labelledby="loved"><h2 id="loved">${t.bestSellers}</h2>${cards(shop, loved, 0)}</section>
<section class="worlds" aria-label="${t.departments}">${departments.map((department) => world(shop, department))}</section>
<section class="feature">${candle === undefined ? '' : html`<img src="${picturePath(displayed(candle))}" alt="" width="400" height="480" loading="lazy">`}<div><h2>${t.candleTitle}</h2><p>${t.candleText}</p><a class="button" href="/${shop.language}/c/bougies/">${t.candleButton}</a></div></section>
<section aria-labelledby="fresh"><h2 id="fresh">${t.newIn}</h2>${cards(shop, fresh, 0)}</section>`,
  };
}

const worldCodes: Readonly<Record<Department, readonly string[]>> = {
  women: ['VF', 'RO'],
  men: ['CM', 'VM'],
  home: ['LA', 'VA'],
};

function world(shop: Shop, department: Department) {
  const pictures = worldCodes[department].flatMap((code) => {
    const models = shop.catalogue.models.filter((model) => model.category.code === code);
    return models.slice(2, 3);
  });
  return html`<a class="world" href="${departmentPath(shop, department)}"><span class="world-pictures">${pictures.map((model) => html`<img src="${picturePath(displayed(model))}" alt="" width="400" height="480" loading="lazy">`)}</span><span class="world-name">${shop.texts[department]}</span></a>`;
}

function once<T>(keyOf: (item: T) => string): (item: T) => boolean {
  const seen = new Set<string>();
  return (item) => !seen.has(keyOf(item)) && seen.add(keyOf(item)).size > 0;
}

export function departmentPage(shop: Shop, department: Department): Page {
  const categories = shop.catalogue.categories.filter((category) => category.department === department);
  return {
    path: `/d/${department}/`,
    title: shop.texts[department],
    kind: 'department',
    content: html`<div class="list-head"><h1>${shop.texts[department]}</h1></div>${chips(shop, department, null)}
${categories.map(
  (category) =>
    html`<section aria-labelledby="c-${category.slug}"><div class="row-head"><h2 id="c-${category.slug}">${categoryName(shop, category)}</h2><a href="${categoryPath(shop, category)}">${shop.texts.allOf}<span class="hidden"> ${categoryName(shop, category)}</span></a></div>${cards(
      shop,
      shop.catalogue.models
        .filter((model) => model.category === category)
        .sort(byPopularity)
        .slice(0, 4),
      0,
    )}</section>`,
)}`,
  };
}

function chips(shop: Shop, department: Department, current: Category | null) {
  const categories = shop.catalogue.categories.filter((category) => category.department === department);
  return html`<nav class="chips" aria-label="${shop.texts[department]}">${categories.map((category) =>
    category === current
      ? html`<a href="${categoryPath(shop, category)}" aria-current="page">${categoryName(shop, category)}</a>`
      : html`<a href="${categoryPath(shop, category)}">${categoryName(shop, category)}</a>`,
  )}</nav>`;
}

export function categoryPage(shop: Shop, category: Category): Page {
  const { texts: t } = shop;
  const models = shop.catalogue.models.filter((model) => model.category === category).sort(byPopularity);
  const name = categoryName(shop, category);
  return {
    path: `/c/${category.slug}/`,
    title: name,
    kind: 'category',
    data: {
      listId: category.slug,
      category: name,
      products: models.map((model) => articleData(shop, displayed(model))),
    },
    content: html`<nav class="trail" aria-label="${t.breadcrumb}"><a href="${departmentPath(shop, category.department)}">${t[category.department]}</a></nav>
<div class="list-head"><h1>${name}</h1><p>${models.length} ${t.pieces}</p><label class="sort">${t.sort} <select id="sort"><option value="pick">${t.sortPick}</option><option value="cheap">${t.sortCheap}</option><option value="dear">${t.sortDear}</option></select></label></div>
${chips(shop, category.department, category)}
${cards(shop, models)}`,
  };
}

export function searchPage(shop: Shop): Page {
  const { texts: t } = shop;
  return {
    path: '/search/',
    title: t.search,
    kind: 'search',
    data: { index: `/search-${shop.language}.json` },
    content: html`<div class="list-head"><h1 id="search-title">${t.search}</h1></div>
<form class="big-finder" role="search"><label class="hidden" for="query">${t.search}</label><input id="query" name="q" type="search" placeholder="${t.searchHint}" required><button class="button">${t.search}</button></form>
<p id="search-count" role="status"></p><ul class="cards" id="search-results"></ul>`,
  };
}

/** What the search page looks through. */
export function searchIndex(shop: Shop) {
  return shop.catalogue.models.map((model) => {
    const colours = model.colours.map((colour) => (shop.language === 'fr' ? colour.fr : colour.en)).join(' ');
    const material = shop.language === 'fr' ? model.material : model.materialEn;
    const noun = shop.language === 'fr' ? model.category.nounFr : model.category.nounEn;
    return {
      ...articleData(shop, displayed(model)),
      url: modelPath(shop, model),
      words: `${colours} ${material} ${noun} ${model.brand}`,
    };
  });
}
