import { type Html, html } from '../html.ts';
import type { Shop } from '../shopSite.ts';
import type { Page } from './layout.ts';

const fees = { EUR: [4.9, 80], GBP: [4.5, 70], CHF: [7.9, 100], PLN: [19.9, 350] } as const;

/** What the client needs to add up a basket; codes are public in a shop without a server of its own. */
const sums = (shop: Shop) => ({
  shippingFee: fees[shop.site.currency][0],
  freeFrom: fees[shop.site.currency][1],
  vat: shop.site.vat,
  currency: shop.site.currency,
  affiliation: shop.site.domain,
  coupons: { BIENVENUE10: 10, LUMIERE15: 15 },
});

export function cartPage(shop: Shop): Page {
  const { texts: t, language } = shop;
  return {
    path: '/cart/',
    title: t.cart,
    kind: 'cart',
    data: sums(shop),
    content: html`<div class="list-head"><h1>${t.cart}</h1></div>
<div class="empty" id="cart-empty" hidden><h2>${t.emptyCart}</h2><p>${t.emptyCartText}</p><a class="button" href="/${language}/">${t.goShopping}</a></div>
<div class="basket" id="cart" hidden><ul class="lines" id="cart-lines"></ul><aside class="sum" aria-label="${t.summary}"><dl id="cart-sum"></dl><a class="button wide" href="/${language}/checkout/">${t.checkout}</a><p class="small">${t.taxIncluded}</p></aside></div>`,
  };
}

type Mark = 'new' | 'optional';

function field(
  t: Shop['texts'],
  name: string,
  label: string,
  type: string,
  autocomplete: string,
  ...marks: Mark[]
): Html {
  const id = marks.includes('new') ? `new-${name}` : name;
  const optional = marks.includes('optional');
  return html`<div class="field"><label for="f-${id}">${label}${optional ? html` <small>(${t.optional})</small>` : ''}</label><input id="f-${id}" name="${name}" type="${type}" autocomplete="${autocomplete}" ${optional ? '' : 'required'} aria-describedby="e-${id}"><p class="fault" id="e-${id}" role="alert"></p></div>`;
}

export function checkoutPage(shop: Shop): Page {
  const { texts: t } = shop;
  return {
    path: '/checkout/',
    title: t.checkoutTitle,
    kind: 'checkout',
    data: { ...sums(shop), country: shop.site.country },
    content: html`<div class="list-head"><h1>${t.checkoutTitle}</h1></div>
<div class="basket"><form id="checkout" class="form" novalidate>
<fieldset><legend>${t.contact}</legend>${field(t, 'email', t.email, 'email', 'email')}<div class="two">${field(t, 'firstName', t.firstName, 'text', 'given-name')}${field(t, 'lastName', t.lastName, 'text', 'family-name')}</div>${field(t, 'phone', t.phone, 'tel', 'tel', 'optional')}</fieldset>
<fieldset><legend>${t.address}</legend>${field(t, 'street', t.street, 'text', 'street-address')}<div class="two">${field(t, 'postalCode', t.postalCode, 'text', 'postal-code')}${field(t, 'city', t.city, 'text', 'address-level2')}</div></fieldset>
<fieldset><legend>${t.deliveryMode}</legend><label class="check"><input type="radio" name="shipping" value="home" checked> ${t.toHome}</label><label class="check"><input type="radio" name="shipping" value="pickup"> ${t.toStore}</label></fieldset>
<fieldset><legend>${t.payment}</legend><label class="check"><input type="radio" name="payment" value="card" checked> ${t.card}</label><label class="check"><input type="radio" name="payment" value="paypal"> ${t.paypal}</label><p class="small">${t.paymentNote}</p></fieldset>
<button class="button wide">${t.pay}</button></form>
<aside class="sum" aria-label="${t.summary}"><h2>${t.summary}</h2><ul class="recap" id="checkout-lines"></ul>
<form id="coupon" class="coupon"><label for="coupon-code">${t.coupon}</label><div class="coupon-row"><input id="coupon-code" name="code" autocomplete="off"><button class="button quiet">${t.apply}</button></div><p class="fault" role="status" id="coupon-note"></p></form><dl id="checkout-sum"></dl></aside></div>`,
  };
}

export function confirmedPage(shop: Shop): Page {
  const { texts: t, language } = shop;
  return {
    path: '/order-confirmed/',
    title: t.thanks,
    kind: 'confirmed',
    content: html`<div class="thanks" id="thanks" hidden><h1>${t.thanks}</h1><p>${t.thanksText} <strong id="thanks-email"></strong>.</p><p class="order-number">${t.orderNumber} <strong id="thanks-order"></strong></p><ul class="recap" id="thanks-lines"></ul><dl id="thanks-sum"></dl><a class="button" href="/${language}/">${t.continueShopping}</a></div>
<div class="empty" id="no-order" hidden><h1>${t.noOrder}</h1><a class="button" href="/${language}/">${t.continueShopping}</a></div>`,
  };
}

export function accountPage(shop: Shop): Page {
  const { texts: t } = shop;
  return {
    path: '/account/',
    title: t.account,
    kind: 'account',
    content: html`<div id="signed-out" class="doors" hidden>
<form id="sign-in" class="form" novalidate><h1>${t.signIn}</h1><p>${t.signInText}</p>${field(t, 'email', t.email, 'email', 'username')}${field(t, 'password', t.password, 'password', 'current-password')}<button class="button wide">${t.signIn}</button></form>
<form id="sign-up" class="form" novalidate><h2>${t.signUp}</h2><p>${t.signUpText}</p>${signUpFields(t)}<button class="button quiet wide">${t.signUp}</button></form></div>
<div id="signed-in" hidden><div class="list-head"><h1>${t.hello} <span id="hello"></span></h1><button class="button quiet" type="button" id="sign-out">${t.signOut}</button></div><h2>${t.yourOrders}</h2><p id="no-orders" hidden>${t.noOrders}</p><ul class="orders" id="orders"></ul></div>`,
  };
}

/** The page holds two forms with the same fields: the second one's ids carry a mark. */
function signUpFields(t: Shop['texts']): Html {
  return html`<div class="two">${field(t, 'firstName', t.firstName, 'text', 'given-name', 'new')}${field(t, 'lastName', t.lastName, 'text', 'family-name', 'new')}</div>${field(t, 'email', t.email, 'email', 'email', 'new')}${field(t, 'loyaltyCard', t.loyaltyCard, 'text', 'off', 'new', 'optional')}`;
}

export function missingPage(shop: Shop): Page {
  const { texts: t, language } = shop;
  return {
    path: '/',
    title: t.notFound,
    kind: 'missing',
    content: html`<div class="empty"><h1>${t.notFound}</h1><p>${t.notFoundText}</p><a class="button" href="/${language}/">${t.backHome}</a></div>`,
  };
}
