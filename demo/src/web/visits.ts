import type { Catalogue, Model, Variant } from '../catalogue/catalogue.ts';
import { pickSomething, pickVariant, type Shopper } from '../life/basket.ts';
import { deliveryFee } from '../life/composeOrder.ts';
import { linesTotal, type Order, type OrderLine } from '../life/order.ts';
import { asciiJson } from './asciiJson.ts';
import { lineJson, linesJson, productPath, viewedJson } from './productJson.ts';
import type { Session } from './session.ts';

/** A visit is told by these scenes; each writes the calls a shop's pages make. */
export interface Scene {
  readonly session: Session;
  readonly catalogue: Catalogue;
  readonly shopper: Shopper;
}

export function openHome({ session }: Scene): void {
  const { language } = session.site;
  session.openPage('Home', `/${language}/`, '"Clairvoie"');
}

export function openAccount({ session }: Scene): void {
  const { language } = session.site;
  session.openPage('Account', `/${language}/account/`, language === 'fr' ? '"Mon compte"' : '"My account"');
}

/** A category page, a click, a product page: how most things are found. */
export function browse(scene: Scene, products: number): void {
  for (let count = 0; count < products; count++) {
    const model = pickSomething(scene.catalogue, scene.shopper, scene.session.at, scene.session.random);
    if (count === 0 || scene.session.random.chance(0.35)) openCategory(scene, model);
    view(scene, pickVariant(model, scene.shopper, scene.session.random));
  }
}

function openCategory({ session }: Scene, model: Model): void {
  const { category } = model;
  const { language } = session.site;
  const name = asciiJson(language === 'fr' ? category.fr : category.en);
  session.openPage('Category', `/${language}/c/${category.slug}/`, name);
  session.track('Product List Viewed', `"list_id":"${category.slug}","category":${name}`);
}

export function view({ session }: Scene, variant: Variant): void {
  const { language } = session.site;
  const name = language === 'fr' ? variant.model.fr : variant.model.en;
  session.openPage('Product', productPath(variant, session.site), asciiJson(name));
  session.track('Product Viewed', viewedJson(variant, session.site, session.at));
  if (session.random.chance(0.03)) {
    session.track('Product Added to Wishlist', viewedJson(variant, session.site, session.at));
  }
}

/** Types what they look for: the kind of thing, sometimes with a colour or a material. */
export function search(scene: Scene): void {
  const { session } = scene;
  const { random, site } = session;
  const model = pickSomething(scene.catalogue, scene.shopper, session.at, random);
  const variant = pickVariant(model, scene.shopper, random);
  const french = site.language === 'fr';
  const kind = (french ? model.category.nounFr : model.category.nounEn).toLowerCase();
  const colour = (french ? variant.colour.fr : variant.colour.en).toLowerCase();
  const material = french ? model.material : model.materialEn;
  const query = random.pick([kind, kind, `${kind} ${colour}`, `${kind} ${material}`, colour]);
  session.openPage(
    'Search',
    `/${site.language}/search/`,
    french ? '"Recherche"' : '"Search"',
    `?q=${encodeURIComponent(query)}`,
  );
  session.track('Products Searched', `"query":${asciiJson(query)}`);
  const looks = random.int(4);
  if (looks > 0) view(scene, variant);
  browse(scene, Math.max(0, looks - 1));
}

export function addToCart({ session }: Scene, line: OrderLine, cart: string): void {
  session.track(
    'Product Added',
    `"cart_id":"${cart}",${lineJson(line, session.site)},"currency":"${session.site.currency}"`,
  );
}

export function openCart({ session }: Scene, lines: readonly OrderLine[], cart: string): void {
  const { language, currency } = session.site;
  session.openPage('Cart', `/${language}/cart/`, language === 'fr' ? '"Panier"' : '"Cart"');
  session.track(
    'Cart Viewed',
    `"cart_id":"${cart}","value":${linesTotal(lines) / 100},"currency":"${currency}","products":${linesJson(lines, session.site)}`,
  );
}

export function startCheckout(scene: Scene, order: Order, checkout: string): void {
  const { session } = scene;
  const { language, currency } = session.site;
  session.openPage('Checkout', `/${language}/checkout/`, language === 'fr' ? '"Commande"' : '"Checkout"');
  session.track(
    'Checkout Started',
    `"checkout_id":"${checkout}","value":${linesTotal(order.lines) / 100},"currency":"${currency}","products":${linesJson(order.lines, session.site)}`,
  );
}

export function pay(scene: Scene, order: Order, orderId: string, checkout: string): void {
  const { session } = scene;
  const { language } = session.site;
  const { random } = session;
  const shipping = random.pick(['home', 'home', 'pickup']);
  const payment = random.pick(['card', 'card', 'paypal', 'apple-pay']);
  session.track('Checkout Step Completed', `"checkout_id":"${checkout}","step":1,"shipping_method":"${shipping}"`);
  if (order.coupon !== null) {
    session.track(
      'Coupon Applied',
      `"coupon_id":"${order.coupon}","coupon_name":"${order.coupon}","discount":${order.discount / 100}`,
    );
  }
  session.track('Payment Info Entered', `"checkout_id":"${checkout}","step":2,"payment_method":"${payment}"`);
  session.openPage('Order confirmed', `/${language}/order-confirmed/`, language === 'fr' ? '"Merci"' : '"Thank you"');
  session.track('Order Completed', orderJson(order, orderId, checkout, session));
}

/** Order Completed: `total` is what was paid, tax included, as prices are quoted in Europe. */
export function orderJson(order: Order, orderId: string, checkout: string, { site }: Pick<Session, 'site'>): string {
  const net = order.total - order.shipping - order.tax;
  const coupon = order.coupon === null ? '' : `,"coupon":"${order.coupon}"`;
  return `"order_id":"${orderId}","checkout_id":"${checkout}","affiliation":"${site.domain}","total":${order.total / 100},"revenue":${net / 100},"subtotal":${net / 100},"shipping":${order.shipping / 100},"tax":${order.tax / 100},"discount":${order.discount / 100}${coupon},"currency":"${site.currency}","products":${linesJson(order.lines, site)}`;
}

/** Looks into delivery and leaves: what a basket would have cost. */
export function estimateDelivery({ session }: Scene, lines: readonly OrderLine[]): void {
  const fee = deliveryFee(session.site.currency, linesTotal(lines));
  session.track('Shipping Estimated', `"value":${fee / 100},"currency":"${session.site.currency}"`);
}
