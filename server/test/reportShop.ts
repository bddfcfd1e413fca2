import { randomUUID } from 'node:crypto';
import { createWorkspace, type TestWorkspace } from './builders.ts';
import type { TestDeps } from './stores.ts';

/** An event as a test states it; everything has a default. */
export interface SampleEvent {
  readonly person: number;
  readonly at: number;
  readonly type: string;
  readonly event: string;
  readonly site: string;
  readonly device: string;
  readonly path: string;
  readonly url: string;
  readonly source: string;
  readonly medium: string;
  readonly campaign: string;
  readonly category: string;
  readonly color: string;
  readonly bot: boolean;
  readonly orderId: string;
}
export interface SampleOrder {
  readonly id: string;
  readonly person: number;
  readonly at: number;
  readonly site: string;
  readonly channel: string;
  readonly currency: string;
  readonly status: string;
  /** Ten-thousandths of the base currency, as the database keeps them. */
  readonly total: number;
  readonly refunded: number;
  readonly lines: readonly { product: string; category: string; quantity: number; price: number }[];
}

/** A known history: who did what, and which profile rows are one person. */
export interface Sample {
  readonly events: readonly SampleEvent[];
  readonly orders: readonly SampleOrder[];
  readonly roots: ReadonlyMap<number, number>;
}

/** The same numbers for the same seed (mulberry32, Tommy Ettinger 2017, public domain). */
export function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

const day = 86_400_000;
const of = <T>(roll: (sides: number) => number, ...values: [T, ...T[]]): T => values[roll(values.length)] ?? values[0];

/**
 * A random history between two days, with what is hard: joined profiles, robots, events and orders of nobody, cancelled
 * and refunded orders, orders known by a refund alone, equal instants, days around a change of the clocks.
 */
export function randomSample(
  seed: number,
  { from, days, people }: { from: string; days: number; people: number },
): Sample {
  const roll = dice(seed);
  const start = Date.parse(`${from}T00:00:00Z`);
  const moment = (): number => start + roll(days) * day + roll(24) * 3_600_000 + roll(4) * 900_000;
  const roots = new Map<number, number>();
  for (let person = 2; person <= people; person += 7) roots.set(person, person - 1);
  const events: SampleEvent[] = [];
  const orders: SampleOrder[] = [];
  const visits = people * 6;
  for (let visit = 0; visit < visits; visit++) {
    const person = roll(20) === 0 ? 0 : 1 + roll(people);
    let at = moment();
    const campaign = roll(3) === 0;
    const landing = {
      source: campaign ? of(roll, 'google', 'newsletter', 'facebook') : '',
      medium: campaign ? of(roll, 'cpc', 'email') : '',
      campaign: campaign ? of(roll, 'spring', 'sale', '') : '',
      click: !campaign && roll(6) === 0 ? of(roll, 'gclid', 'fbclid', 'msclkid') : '',
    };
    const shared = { site: of(roll, 'fr', 'de'), device: of(roll, 'mobile', 'desktop', ''), bot: roll(25) === 0 };
    for (let step = 0; step < 1 + roll(7); step++) {
      const page = step === 0 || roll(3) === 0;
      const path = of(roll, '/', '/shoes', '/cart');
      const orderId = !page && roll(6) === 0 ? `w-${visit}-${step}` : '';
      events.push({
        person,
        at,
        type: page ? 'page' : 'track',
        event: page
          ? 'Home'
          : orderId === ''
            ? of(roll, 'Product Viewed', 'Product Added', 'Checkout Started')
            : 'Order Completed',
        path: page ? path : '',
        url: page
          ? `https://shop.example${path}${step === 0 && landing.click ? `?a=1&${landing.click}=x${visit}` : ''}`
          : '',
        source: step === 0 ? landing.source : '',
        medium: step === 0 ? landing.medium : '',
        campaign: step === 0 ? landing.campaign : '',
        category: page ? '' : of(roll, 'Shoes', 'Hats', "L'été"),
        color: page ? '' : of(roll, 'red', 'blue', ''),
        orderId,
        ...shared,
      });
      if (orderId !== '') orders.push(order(orderId, person, at, shared.site, 'web'));
      // Now and then two events of one instant.
      at += roll(8) === 0 ? 0 : roll(10) === 0 ? 3_600_000 : 30_000 * (1 + roll(4));
    }
  }
  for (let index = 0; index < people; index++)
    orders.push(
      order(`s-${index}`, roll(12) === 0 ? 0 : 1 + roll(people), moment(), of(roll, 'fr', 'de', ''), 'store'),
    );
  return { events, orders, roots };

  function order(id: string, person: number, at: number, site: string, channel: string): SampleOrder {
    const lines = Array.from({ length: 1 + roll(3) }, () => ({
      product: `P${roll(6)}`,
      category: of(roll, 'Shoes', 'Hats', ''),
      quantity: 1 + roll(3),
      price: 10_000 + roll(900_000),
    }));
    const total = lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
    const status = of(roll, 'completed', 'completed', 'completed', 'completed', 'cancelled', '');
    return {
      id,
      person,
      at,
      site,
      channel,
      currency: of(roll, 'EUR', 'GBP'),
      status,
      total,
      refunded: roll(6) === 0 ? roll(total) : 0,
      lines,
    };
  }
}

const decimal = (tenThousandths: number): string => (tenThousandths / 10_000).toFixed(4);
const lines = (rows: readonly object[]): Buffer => Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'));

/** A workspace with this history in the analytics store. */
export async function openReportShop(deps: TestDeps, sample: Sample, zone = 'Europe/Paris'): Promise<TestWorkspace> {
  const workspace = await createWorkspace(deps, { timeZone: zone, scopes: ['analytics.read', 'analytics.write'] });
  const of = { workspace_id: workspace.id };
  const insert = (table: string, rows: readonly object[]) =>
    rows.length === 0 ? undefined : deps.ch.insert(table, lines(rows), { token: randomUUID() });
  await insert(
    'events',
    sample.events.map((event, index) => ({
      ...of,
      profile_id: event.person,
      timestamp: event.at,
      received_at: event.at,
      message_id: `m${String(index).padStart(6, '0')}`,
      type: event.type,
      event: event.event,
      site: event.site,
      device_type: event.device,
      path: event.path,
      url: event.url,
      campaign_source: event.source,
      campaign_medium: event.medium,
      campaign_name: event.campaign,
      bot: event.bot,
      order_id: event.orderId,
      properties: JSON.stringify({
        ...(event.category && { category: event.category }),
        ...(event.color && { color: event.color, size: { eu: 40 + event.color.length } }),
      }),
    })),
  );
  // An older version of every order stands behind the one that counts.
  for (const version of [1, 2]) {
    await insert(
      'orders',
      sample.orders.map((order) => ({
        ...of,
        order_id: order.id,
        profile_id: order.person,
        ordered_at: order.at,
        site: order.site,
        channel: order.channel,
        currency: order.currency,
        status: version === 1 ? 'completed' : order.status,
        total: decimal(order.total),
        base_total: decimal(version === 1 ? 999 : order.total),
        base_refunded: decimal(order.refunded),
        version,
      })),
    );
  }
  await insert(
    'order_lines',
    sample.orders.flatMap((order) =>
      order.lines.map((line, index) => ({
        ...of,
        order_id: order.id,
        line: index + 1,
        profile_id: order.person,
        ordered_at: order.at,
        product_id: line.product,
        category: line.category,
        quantity: line.quantity,
        price: decimal(line.price),
        base_price: decimal(line.price),
        version: 1,
      })),
    ),
  );
  await insert(
    'profile_root',
    [...sample.roots].map(([profile_id, root_id]) => ({ ...of, profile_id, root_id, version: 1 })),
  );
  return workspace;
}

/** The person behind a profile row. */
export const personOf = (sample: Sample, profile: number): number => sample.roots.get(profile) ?? profile;
