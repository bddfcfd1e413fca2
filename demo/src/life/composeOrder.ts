import type { Catalogue } from '../catalogue/catalogue.ts';
import { priceOn, saleOn } from '../catalogue/prices.ts';
import type { Currency, Site } from '../market.ts';
import { Random, streams } from '../random/random.ts';
import { fillBasket, type Shopper } from './basket.ts';
import { day, hour } from './calendar.ts';
import { linesTotal, type Order, type OrderLine, type Refund } from './order.ts';

export interface OrderPlan {
  /** Which of the person's orders this is, from 0. */
  readonly number: number;
  readonly at: number;
  readonly channel: 'web' | 'store';
  readonly refill: boolean;
  readonly site: Site;
}

const delivery: Readonly<Record<Currency, { readonly fee: number; readonly freeFrom: number }>> = {
  EUR: { fee: 490, freeFrom: 8000 },
  GBP: { fee: 450, freeFrom: 7000 },
  CHF: { fee: 790, freeFrom: 10000 },
  PLN: { fee: 1990, freeFrom: 35000 },
};

const seasonCodes = ['HIVER15', 'PRINTEMPS15', 'ETE15', 'AUTOMNE15'] as const;

/** How often things come back, by department and for what has to fit. */
const returnRates = { women: 0.13, men: 0.09, home: 0.03 } as const;
const fitRates: Readonly<Record<string, number>> = { RO: 0.24, CF: 0.22, CX: 0.18, VF: 0.19, PF: 0.2 };

/** What is in a person's order, and what of it comes back. The same plan always gives the same order. */
export function composeOrder(seed: number, catalogue: Catalogue, shopper: Shopper, plan: OrderPlan): Order {
  const random = new Random(seed, streams.order, shopper.index, plan.number);
  const { currency, vat } = plan.site;
  const choices = fillBasket(catalogue, shopper, plan.at, plan.refill, random);
  const coupon = chooseCoupon(shopper, plan, random);
  const rate = coupon === null ? 0 : coupon.percent;
  const lines: OrderLine[] = choices.map(({ variant, quantity }) => {
    const price = priceOn(variant.model, currency, plan.at);
    // A till takes the reduction off each piece; the site takes it off the whole.
    const unit = plan.channel === 'store' ? Math.round((price.now * (100 - rate)) / 100) : price.now;
    return { variant, quantity, list: price.list, unit };
  });
  const goods = linesTotal(lines);
  const discount = plan.channel === 'web' ? Math.round((goods * rate) / 100) : 0;
  const paid = goods - discount;
  const { fee, freeFrom } = delivery[currency];
  const shipping = plan.channel === 'store' || paid >= freeFrom ? 0 : fee;
  const total = paid + shipping;
  return {
    lines,
    coupon: coupon?.code ?? null,
    discount,
    shipping,
    total,
    tax: Math.round((total * vat) / (100 + vat)),
    refund: drawRefund(seed, shopper.index, plan, lines, goods, paid),
  };
}

/** What delivery costs for goods of this worth. */
export function deliveryFee(currency: Currency, paid: number): number {
  return paid >= delivery[currency].freeFrom ? 0 : delivery[currency].fee;
}

function chooseCoupon(shopper: Shopper, plan: OrderPlan, random: Random): { code: string; percent: number } | null {
  const { thrift, newsletter } = shopper.habits;
  const welcome = random.next();
  const season = random.next();
  if (plan.refill) return null;
  if (plan.channel === 'store') return season < 0.06 ? { code: 'ANNIVERSAIRE10', percent: 10 } : null;
  if (plan.number === 0 && welcome < (newsletter ? 0.5 : 0.15)) return { code: 'BIENVENUE10', percent: 10 };
  if (saleOn(plan.at) !== null || season > 0.3 * thrift) return null;
  const code = seasonCodes[Math.floor(new Date(plan.at).getUTCMonth() / 3)] ?? seasonCodes[0];
  return { code, percent: 15 };
}

function drawRefund(
  seed: number,
  shopper: number,
  plan: OrderPlan,
  lines: readonly OrderLine[],
  goods: number,
  paid: number,
): Refund | null {
  const random = new Random(seed, streams.refund, shopper, plan.number);
  const ease = plan.channel === 'web' ? 1 : 0.35;
  const returned = lines.filter(({ variant }) => {
    const { code, department } = variant.model.category;
    return random.chance(ease * (fitRates[code] ?? returnRates[department]));
  });
  if (returned.length === 0) return null;
  const whole = linesTotal(returned);
  const days = plan.channel === 'web' ? random.between(8, 28) : random.between(1, 20);
  const at = Math.floor((plan.at + days * day) / day) * day + random.between(8, 16) * hour;
  return {
    at: Math.round(at / 1000) * 1000,
    lines: returned,
    amount: goods === 0 ? 0 : Math.round((whole * paid) / goods),
  };
}
