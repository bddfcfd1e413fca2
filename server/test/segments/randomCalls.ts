import type { EventField } from '@vitrail/contracts';
import type { Json, JsonObject } from '../../src/platform/index.ts';
import type { Dice } from './dice.ts';
import * as words from './words.ts';
import type { PastEvent } from './world.ts';

const minute = 60_000;
const day = 86_400_000;

/** A moment up to `days` ago: often on a full minute or hour, on a local midnight, on the very end of a usual window. */
export function pastMoment({ roll, once, pick }: Dice, now: number, days: number): number {
  const far = pick([90 * minute, day, 8 * day, days * day]);
  const at = now - roll(far);
  if (once(4)) return now - pick([1, 7, 30, 60, 90]) * day - pick([0, 0, 1, -1]);
  const whole = pick([1, minute, 60 * minute, day]);
  // Paris is one or two hours ahead.
  const ahead = pick([0, 60 * minute, 120 * minute]);
  return Math.min(now, Math.floor((at + ahead) / whole) * whole - ahead);
}

const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** A date as people's data has it: a day, an instant with or without offset; sometimes no date at all. */
function someDate(dice: Dice, now: number): string {
  const { roll, pick, once } = dice;
  if (once(5)) return pick(words.noDates);
  if (once(6)) return pick(['2024-02-29', '2000-02-29', '1999-12-31', '1968-01-01', '2025-03-30', '1951-07-14']);
  const at = now + (roll(160) - 80) * day + roll(day);
  const text = new Date(at).toISOString();
  return pick([isoDay(at), isoDay(at), text, text.replace('Z', '+02:00'), text.slice(0, 16), `${isoDay(at)} 14:05:09`]);
}

export function someProperties(dice: Dice, now: number): JsonObject {
  const { pick, once, roll, some } = dice;
  const properties: Record<string, Json> = {};
  const perhaps = (name: string, value: () => Json): void => {
    if (!once(3)) properties[name] = value();
  };
  perhaps('color', () => pick([...words.texts, '', null]));
  perhaps('size', () => pick([...words.numberTexts, ...words.noNumbers, roll(50), roll(5_000) / 100, -roll(20), true]));
  perhaps('tags', () => pick<Json>([some(words.items, 3), [], 'running', '[broken', ['1', 2, true], null]));
  perhaps('gift', () => pick(words.booleans));
  perhaps('delivery', () => someDate(dice, now));
  perhaps('cart_id', () => pick(['c1', 'c2', '']));
  if (once(3)) properties.ship = { city: pick(words.texts) };
  if (once(6)) properties['ship.city'] = pick(words.texts);
  if (once(4)) properties['a"b\\{p1:String}'] = pick(words.texts);
  if (once(2)) properties.category = pick(words.categories);
  if (once(2)) properties.brand = pick(words.brands);
  if (once(2)) properties.product_id = pick(words.products);
  return properties;
}

export function someTraits(dice: Dice, now: number): JsonObject {
  const { pick, once, roll, some } = dice;
  const traits: Record<string, Json> = {};
  const perhaps = (name: string, value: () => Json): void => {
    if (once(2)) traits[name] = value();
  };
  perhaps('plan', () => pick([...words.texts, '', null]));
  perhaps('age', () => pick([...words.numberTexts, ...words.noNumbers, roll(90), roll(9_000) / 100]));
  perhaps('likes', () => pick<Json>([some(words.items, 3), [], 'Running', '[broken', ['1', 2, true]]));
  perhaps('vip', () => pick(words.booleans));
  perhaps('birth', () => someDate(dice, now));
  perhaps('renewal', () => someDate(dice, now));
  perhaps('home', () => ({ city: pick(words.texts), floor: roll(9) }));
  perhaps('odd"name\\\'{p1:String}', () => pick(words.texts));
  return traits;
}

/** A track, page or screen call and what the evaluator knows of it. */
export function someEvent(dice: Dice, now: number, at: number, site: string): { call: JsonObject; event: PastEvent } {
  const { pick, once } = dice;
  const type = pick(['track', 'track', 'track', 'page', 'screen']);
  const name = pick(type === 'track' ? words.eventNames : words.pageNames);
  const agent = once(12) ? pick(words.agents) : pick(words.agents.slice(0, 3));
  const [source, path] = [pick(words.sources), pick(['/', '/shoes'])];
  const properties = someProperties(dice, now);
  const language = pick(['fr-FR', 'en', '']);
  const fields: Partial<Record<EventField, string>> = {
    site,
    country: 'FR',
    device_type: agent.device_type,
    os: agent.os,
    browser: agent.browser,
    campaign_source: source,
    path,
    language,
  };
  for (const field of ['category', 'brand', 'product_id'] as const) {
    const value = properties[field];
    if (typeof value === 'string') fields[field] = value;
  }
  const call: JsonObject = {
    type,
    ...(type === 'track' ? { event: name } : { name }),
    timestamp: new Date(at).toISOString(),
    properties,
    context: {
      page: { path },
      campaign: { source },
      ...(language && { locale: language }),
      ...(agent.text && { userAgent: agent.text }),
    },
  };
  return { call, event: { at, type, event: name, bot: agent.bot, fields, properties } };
}

export interface OrderCall {
  readonly type: 'track';
  readonly event: string;
  readonly timestamp: string;
  readonly properties: JsonObject;
}

/** What is said of one order: its content, perhaps twice, a refund of some or all of it, that it was cancelled. */
export function someOrder(dice: Dice, now: number, id: string): OrderCall[] {
  const { pick, once, roll } = dice;
  const amount = (): number => (1 + roll(20_000)) / 100;
  const at = pastMoment(dice, now, 400);
  const currency = pick(words.currencies);
  const said = (event: string, later: number, more: JsonObject): OrderCall => ({
    type: 'track',
    event,
    timestamp: new Date(Math.min(at + later, now)).toISOString(),
    properties: { order_id: id, currency, ...more },
  });
  const content = (): JsonObject => ({
    total: amount(),
    ...(once(3) && { discount: amount() }),
    ...(once(3) && { coupon: pick(words.coupons) }),
    ...(once(2) && { channel: pick(words.channels) }),
    products: Array.from({ length: roll(4) }, () => ({
      product_id: pick(words.products),
      category: pick(words.categories),
      brand: pick(words.brands),
      quantity: once(5) ? 1.5 : 1 + roll(3),
      ...(once(6) ? {} : { price: amount() }),
    })),
  });
  const calls = [said('Order Completed', 0, content())];
  if (once(5)) calls.push(said('Order Updated', 1_000, content()));
  if (once(5)) calls.push(said('Order Refunded', 2_000, once(2) ? {} : { total: amount() }));
  if (once(8)) calls.push(said('Order Cancelled', 3_000, {}));
  // What was said of an order may arrive before the order.
  return once(4) ? calls.toReversed() : calls;
}
