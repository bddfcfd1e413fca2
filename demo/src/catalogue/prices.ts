import type { Currency } from '../market.ts';
import { mix } from '../random/random.ts';
import type { Model } from './catalogue.ts';

/** What a model costs in a currency on a day, in cents. */
export interface Price {
  readonly list: number;
  readonly now: number;
}

/** Local price lists are set by people, not by the day's exchange rate. */
export function listPriceIn(model: Model, currency: Currency): number {
  const euros = model.price / 100;
  switch (currency) {
    case 'EUR':
      return model.price;
    case 'GBP':
      return euros < 30 ? Math.round(euros * 1.76) * 50 : Math.round(euros * 0.88) * 100;
    case 'CHF':
      return Math.round(euros * 1.12) * 100 - 10;
    case 'PLN':
      return (Math.max(2, Math.round((euros * 4.4) / 10)) * 10 - 1) * 100;
  }
}

export function priceOn(model: Model, currency: Currency, at: number): Price {
  const list = listPriceIn(model, currency);
  const percent = salePercent(model, at);
  return { list, now: percent === 0 ? list : Math.round((list * (100 - percent)) / 5000) * 50 };
}

/**
 * The reduction of a model at an instant: winter and summer sales and the Black Friday weekend; the deeper, the later.
 * Which models take part differs by season and year.
 */
export function salePercent(model: Model, at: number): number {
  const sale = saleOn(at);
  if (sale === null) return 0;
  const draw = (mix(model.index * 64 + sale.key) >>> 0) % 100;
  if (draw >= sale.share) return 0;
  return Math.min(50, sale.percent + (draw % 3) * 10);
}

interface Sale {
  readonly key: number;
  readonly share: number;
  readonly percent: number;
}

export function saleOn(at: number): Sale | null {
  const date = new Date(at);
  const year = date.getUTCFullYear();
  const dayOfMonth = date.getUTCDate();
  const month = date.getUTCMonth() + 1;
  const key = year * 8;
  if ((month === 1 && dayOfMonth >= 8) || (month === 2 && dayOfMonth <= 4)) {
    return { key, share: 45, percent: month === 2 || dayOfMonth > 22 ? 30 : 20 };
  }
  if ((month === 6 && dayOfMonth >= 25) || (month === 7 && dayOfMonth <= 22)) {
    return { key: key + 1, share: 45, percent: month === 7 && dayOfMonth > 8 ? 30 : 20 };
  }
  if (month === 11 && isBlackFridayWeekend(dayOfMonth, date.getUTCDay()))
    return { key: key + 2, share: 60, percent: 20 };
  return null;
}

/** The fourth Thursday's Friday to Monday: days 23–29 hold the Friday; the weekend runs on to the next Monday. */
function isBlackFridayWeekend(dayOfMonth: number, weekday: number): boolean {
  const friday = dayOfMonth - ((weekday + 2) % 7);
  return friday >= 23 && friday <= 29 && dayOfMonth - friday <= 3;
}
