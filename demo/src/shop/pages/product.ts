import type { Model, Variant } from '../../catalogue/catalogue.ts';
import { html } from '../html.ts';
import {
  articleData,
  categoryName,
  categoryPath,
  departmentPath,
  displayed,
  inStock,
  modelName,
  money,
  picturePath,
  priceOf,
  type Shop,
} from '../shopSite.ts';
import { typeset } from '../texts.ts';
import { cards, dot } from './cards.ts';
import type { Page } from './layout.ts';

export function productPage(shop: Shop, model: Model): Page {
  const { texts: t } = shop;
  const shown = displayed(model);
  const sized = model.sizes.length > 1;
  const name = modelName(shop, model);
  const french = shop.language === 'fr';
  return {
    path: `/p/${model.slug}/`,
    title: name,
    kind: 'product',
    data: { shown: shown.sku, variants: model.variants.map((variant) => variantData(shop, variant)) },
    content: html`<nav class="trail" aria-label="${t.breadcrumb}"><a href="${departmentPath(shop, model.category.department)}">${t[model.category.department]}</a><a href="${categoryPath(shop, model.category)}">${categoryName(shop, model.category)}</a></nav>
<div class="product"><div class="product-picture"><img id="picture" src="${picturePath(shown)}" alt="${name}" width="400" height="480"></div>
<div class="product-text"><p class="maker">${model.brand}</p><h1>${name}</h1><p class="price big">${money(shop, priceOf(shop, model))} <small>${t.taxIncluded}</small></p><p class="lead">${french ? typeset(model.descriptionFr) : model.descriptionEn}</p>
<form id="buy">
<fieldset class="options"><legend>${t.colour} <span class="chosen" id="colour-name" aria-live="polite">${french ? shown.colour.fr : shown.colour.en}</span></legend>${model.colours.map(
      (colour) => {
        const label = french ? colour.fr : colour.en;
        return html`<label class="swatch" title="${label}"><input type="radio" name="colour" value="${colour.code}" ${colour === shown.colour ? 'checked' : ''}>${dot(colour.hex)}<span class="hidden">${label}</span></label>`;
      },
    )}</fieldset>
${sized ? html`<fieldset class="options"><legend>${t.size}</legend>${model.sizes.map((size) => html`<label class="size"><input type="radio" name="size" value="${size}" required><span>${size}</span></label>`)}</fieldset>` : ''}
<p class="fault" role="alert" id="buy-fault"></p>
<p class="actions"><button class="button wide">${t.add}</button><button class="button quiet" type="button" id="wish">${t.wish}</button></p></form>
<details open><summary>${t.details}</summary><p>${capital(french ? model.material : model.materialEn)}. ${t.reference} ${model.id}.</p></details>
<details><summary>${t.delivery}</summary><p>${t.deliveryText}</p></details></div></div>
<section aria-labelledby="together"><h2 id="together">${t.together}</h2>${cards(shop, companionsOf(shop, model), 0)}</section>`,
  };
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function variantData(shop: Shop, variant: Variant) {
  const colourName = shop.language === 'fr' ? variant.colour.fr : variant.colour.en;
  return {
    colour: variant.colour.code,
    colourName,
    size: variant.size,
    inStock: inStock(variant),
    article: articleData(shop, variant),
  };
}

/** Pieces of the same line first, then the first of each companion category. */
function companionsOf(shop: Shop, model: Model): Model[] {
  const { byCategory, categories } = shop.catalogue;
  const found: Model[] = [];
  for (const code of model.category.companions) {
    const models = byCategory[categories.findIndex((category) => category.code === code)] ?? [];
    const match =
      models.find((one) => one.line !== null && one.line === model.line) ??
      models[(model.index * 3) % (models.length || 1)];
    if (match !== undefined) found.push(match);
  }
  const siblings =
    byCategory[categories.indexOf(model.category)]?.filter((one) => one !== model && one.style === model.style) ?? [];
  return [...found, ...siblings].slice(0, 4);
}
