import type { ArticleData } from '../../src/shop/shopSite.ts';
import { language } from './page.ts';
import { recall, remember } from './storage.ts';

export interface Line extends ArticleData {
  readonly quantity: number;
}

export interface Basket {
  readonly cartId: string;
  readonly lines: readonly Line[];
  readonly coupon: string | null;
}

/** How a shop adds up; the cart and checkout pages carry it. */
export interface Sums {
  readonly shippingFee: number;
  readonly freeFrom: number;
  readonly vat: number;
  readonly currency: string;
  readonly affiliation: string;
  readonly coupons: Readonly<Record<string, number>>;
}

export interface Total {
  readonly goods: number;
  readonly discount: number;
  readonly shipping: number;
  readonly total: number;
  readonly tax: number;
}

// One basket per language: the two shops sell in different currencies.
const key = `basket-${language}`;

export function readBasket(): Basket {
  return recall<Basket>(key, { cartId: crypto.randomUUID(), lines: [], coupon: null });
}

export function writeBasket(basket: Basket): void {
  remember(key, basket.lines.length === 0 ? null : basket);
  showCount();
}

export function addLine(article: ArticleData, quantity: number): Basket {
  const basket = readBasket();
  const known = basket.lines.find((line) => line.sku === article.sku);
  const lines =
    known === undefined
      ? [...basket.lines, { ...article, quantity }]
      : basket.lines.map((line) => (line === known ? { ...line, quantity: line.quantity + quantity } : line));
  const next = { ...basket, lines };
  writeBasket(next);
  return next;
}

export function showCount(): void {
  const badge = document.querySelector('#cart-count');
  if (!(badge instanceof HTMLElement)) return;
  const count = readBasket().lines.reduce((sum, line) => sum + line.quantity, 0);
  badge.hidden = count === 0;
  badge.textContent = String(count);
}

/** Adds up in cents, as money must be. */
export function addUp(basket: Basket, sums: Sums): Total {
  const goods = basket.lines.reduce((sum, line) => sum + Math.round(line.price * 100) * line.quantity, 0);
  const percent = basket.coupon === null ? 0 : (sums.coupons[basket.coupon] ?? 0);
  const discount = Math.round((goods * percent) / 100);
  const paid = goods - discount;
  const shipping = paid === 0 || paid >= sums.freeFrom * 100 ? 0 : Math.round(sums.shippingFee * 100);
  const total = paid + shipping;
  const tax = Math.round((total * sums.vat) / (100 + sums.vat));
  return { goods: goods / 100, discount: discount / 100, shipping: shipping / 100, total: total / 100, tax: tax / 100 };
}

/** Lines as events name them: no addresses, quantities and positions in. */
export function eventProducts(lines: readonly Line[]) {
  return lines.map(({ url: _, image_url: __, currency: ___, ...line }, place) => ({ ...line, position: place + 1 }));
}
