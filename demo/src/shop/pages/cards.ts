import type { Model } from '../../catalogue/catalogue.ts';
import { type Html, html } from '../html.ts';
import { displayed, modelName, modelPath, money, picturePath, priceOf, type Shop } from '../shopSite.ts';

/** One model in a list. `eager` for those above the fold. */
export function card(shop: Shop, model: Model, eager = false): Html {
  const variant = displayed(model);
  const name = modelName(shop, model);
  return html`<li class="card" data-sku="${variant.sku}" data-price="${priceOf(shop, model)}"><a href="${modelPath(shop, model)}">
<img src="${picturePath(variant)}" alt="" width="400" height="480" loading="${eager ? 'eager' : 'lazy'}">
<span class="card-name">${name}</span></a>
<span class="card-line"><span class="price">${money(shop, priceOf(shop, model))}</span><span class="swatches" aria-hidden="true">${model.colours.map((colour) => dot(colour.hex))}</span></span></li>`;
}

export function cards(shop: Shop, models: readonly Model[], eager = 4): Html {
  return html`<ul class="cards">${models.map((model, place) => card(shop, model, place < eager))}</ul>`;
}

/** A colour as a drawing, since the policy forbids inline styles. */
export function dot(hex: string): Html {
  return html`<svg class="dot" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="7.25" fill="${hex}"/></svg>`;
}
