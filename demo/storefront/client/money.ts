import type { Basket, Line, Total } from './basket.ts';
import { language, make, t } from './page.ts';

export function money(amount: number, currency: string): string {
  const digits = Number.isInteger(amount) ? 0 : 2;
  return new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount);
}

/** Fills a list of definitions with the parts of a sum. */
export function writeSum(list: Element, total: Total, currency: string): void {
  const rows: [string, string][] = [[t.subtotal, money(total.goods, currency)]];
  if (total.discount > 0) rows.push([t.discount, `− ${money(total.discount, currency)}`]);
  rows.push([t.shipping, total.shipping === 0 ? t.free : money(total.shipping, currency)]);
  rows.push([t.total, money(total.total, currency)]);
  list.replaceChildren(...rows.map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value))));
}

/** A line without controls, for summaries. */
export function slimLine(line: Line): HTMLElement {
  return make(
    'li',
    {},
    make('img', { src: line.image_url, alt: '', width: '400', height: '480' }),
    make('div', {}, make('a', { href: line.url }, line.name), make('small', {}, `${line.variant} · ${line.quantity}`)),
    make('span', { class: 'price' }, money(line.price * line.quantity, line.currency)),
  );
}

export function writeLines(list: Element, basket: Pick<Basket, 'lines'>): void {
  list.replaceChildren(...basket.lines.map(slimLine));
}
