import type { Json, JsonObject } from '../../src/platform/index.ts';
import { pgQuery } from '../../src/platform/index.ts';
import type { Shop } from '../shop.ts';
import type { TestDeps } from '../stores.ts';
import { divide, exactOf } from './decimal.ts';
import type { Dice } from './dice.ts';
import { pastMoment, someEvent, someOrder, someTraits } from './randomCalls.ts';
import * as words from './words.ts';
import type { PastEvent, PastOrder, Person } from './world.ts';

const listProfiles = pgQuery({
  name: 'test.segments.listProfiles',
  params: { workspace: 'int4' },
  row: { id: 'int8', root_id: 'int8', first_seen_at: 'timestamptz', namespaces: 'text[]', keys: 'text[]' },
  text: `
    select profile.id, root_id, profile.first_seen_at,
      array(select namespace from unify.identifier as i where i.workspace_id = :workspace and i.profile_id = profile.id
            order by value) as namespaces,
      array(select value from unify.identifier as i where i.workspace_id = :workspace and i.profile_id = profile.id
            order by value) as keys
    from unify.profile as profile where workspace_id = :workspace`,
});

const listOrders = pgQuery({
  name: 'test.segments.listOrders',
  params: { workspace: 'int4' },
  row: {
    order_id: 'text',
    profile_id: 'int8',
    ordered_at: 'timestamptz?',
    content_at: 'timestamptz',
    status: 'text?',
    site: 'text?',
    channel: 'text?',
    currency: 'text?',
    coupon: 'text?',
    total: 'text?',
    base_total: 'text?',
    base_refunded: 'text',
    discount: 'text?',
    lines: 'jsonb',
  },
  text: `
    select order_id, profile_id, ordered_at, content_at, status, site, channel, currency, coupon, total::text,
      base_total::text, base_refunded::text, discount::text,
      (select coalesce(jsonb_agg(jsonb_build_array(product_id, category, brand, quantity::text, price::text)), '[]')
       from unify.order_line as line
       where line.workspace_id = :workspace and line.order_id = unify."order".order_id) as lines
    from unify."order" where workspace_id = :workspace and profile_id is not null`,
});

/** What one profile row did and said, kept beside what is sent. */
interface Own {
  readonly key: string;
  readonly who: JsonObject;
  readonly traits: Map<string, { value: Json; at: number }>;
  readonly consents: Map<string, { granted: boolean; at: number }>;
  readonly events: PastEvent[];
}

/** Sends random calls of some people to a shop and keeps what an evaluator must know of them. */
export function createHistory(deps: TestDeps, shop: Shop, dice: Dice, people: number) {
  const { roll, pick, once } = dice;
  const own: Own[] = Array.from({ length: people }, (_, index) => {
    const known = index % 2 === 0;
    const key = `${known ? 'user' : 'visitor'}-${index}`;
    return {
      key,
      who: known ? { userId: key } : { anonymousId: key },
      traits: new Map(),
      consents: new Map(),
      events: [],
    };
  });
  let orders = 0;
  let said = 0;
  /** Statements about a person never share a millisecond: which one is newer would be chance. */
  const sayAt = (): number => deps.clock.now().getTime() - 100_000 + ++said;

  const identify = (one: Own): JsonObject => {
    const at = sayAt();
    const traits = someTraits(dice, deps.clock.now().getTime());
    for (const [name, value] of Object.entries(traits)) one.traits.set(name, { value, at });
    const categoryPreferences: Record<string, boolean> = {};
    if (once(2)) {
      const [purpose, granted] = [pick(words.purposes), once(2)];
      categoryPreferences[purpose] = granted;
      one.consents.set(purpose, { granted, at });
    }
    const email = one.key.startsWith('user') && once(3) ? { email: `${one.key}@example.org` } : {};
    return {
      type: 'identify',
      ...one.who,
      timestamp: new Date(at).toISOString(),
      traits: { ...traits, ...email },
      context: { consent: { categoryPreferences } },
    };
  };

  const order = (one: Own): JsonObject[] => {
    orders += 1;
    const calls = someOrder(dice, deps.clock.now().getTime(), `o-${orders}`);
    for (const { event, timestamp, properties } of calls) {
      one.events.push({
        at: Date.parse(timestamp),
        type: 'track',
        event,
        bot: false,
        fields: { site: 'Main', country: 'FR', ...factsOf(properties) },
        properties,
      });
    }
    return calls.map((call) => ({ ...call, ...one.who }));
  };

  const act = (one: Own): JsonObject[] => {
    if (once(5)) return [identify(one)];
    if (once(5)) return order(one);
    const now = deps.clock.now().getTime();
    const calls: JsonObject[] = [];
    let at = pastMoment(dice, now, 400);
    for (let step = 0; step < 1 + roll(4); step++) {
      const { call, event } = someEvent(dice, now, at, 'Main');
      one.events.push(event);
      calls.push({ ...call, ...one.who });
      // Now and then within the same millisecond.
      at = Math.min(now, at + pick([0, 1, 60_000, 600_000, 3_600_000, 86_400_000]));
    }
    return calls;
  };

  return {
    /** Something happens to some of the people. */
    async go(acts: number): Promise<void> {
      const calls = Array.from({ length: acts }, () => act(pick(own))).flat();
      await shop.send(...calls);
    },
    /** Everyone says something: nobody is unknown. */
    async begin(): Promise<void> {
      await shop.send(...own.map(identify));
    },
    /** A visitor turns out to be a user. */
    async join(): Promise<void> {
      const [user, visitor] = [
        pick(own.filter(({ who }) => 'userId' in who)),
        pick(own.filter(({ who }) => 'anonymousId' in who)),
      ];
      await shop.send({ type: 'identify', ...user.who, ...visitor.who, timestamp: new Date(sayAt()).toISOString() });
    },
    /** Everyone as they are now. */
    async people(): Promise<Person[]> {
      const [profiles, stored] = await Promise.all([
        deps.pg.rows(listProfiles, { workspace: shop.id }),
        deps.pg.rows(listOrders, { workspace: shop.id }),
      ]);
      const rows = profiles.map((profile) => {
        const one = own.find(({ key }) => profile.keys.includes(key));
        if (one === undefined) throw new Error(`profile ${profile.id} is nobody of this history`);
        return {
          ...profile,
          own: one,
          orders: stored.filter(({ profile_id }) => profile_id === profile.id).map(toOrder),
        };
      });
      const roots = [...new Set(rows.map(({ root_id }) => root_id))];
      const customers = roots.map((id) => ({ id, parts: rows.filter(({ root_id }) => root_id === id) }));
      return customers.map(({ id, parts }) => ({
        id,
        firstSeen: Math.min(...parts.map(({ first_seen_at }) => first_seen_at.getTime())),
        traits: newest(
          parts.map((part) => part.own.traits),
          ({ value }) => value,
        ),
        consents: newest(
          parts.map((part) => part.own.consents),
          ({ granted }) => granted,
        ),
        namespaces: new Set(parts.flatMap(({ namespaces }) => namespaces)),
        events: parts.flatMap((part) => part.own.events),
        orders: parts.flatMap((part) => part.orders),
      }));
    },
  };
}

function newest<T extends { at: number }, V>(
  maps: readonly ReadonlyMap<string, T>[],
  read: (entry: T) => V,
): Map<string, V> {
  const found = new Map<string, T>();
  for (const [name, entry] of maps.flatMap((map) => [...map])) {
    const known = found.get(name);
    if (known === undefined || known.at < entry.at) found.set(name, entry);
  }
  return new Map([...found].map(([name, entry]) => [name, read(entry)]));
}

/** Columns that an event about an order has. */
function factsOf(properties: JsonObject): PastEvent['fields'] {
  const { order_id, currency, total } = properties;
  if (typeof order_id !== 'string' || typeof currency !== 'string') return {};
  const value = typeof total === 'number' ? inBase(String(total), currency) : null;
  return {
    order_id,
    ...(total !== undefined && { currency }),
    ...(value !== null && { base_value: value }),
  };
}

type StoredOrder = { lines: Json; order_id: string } & {
  [K in 'status' | 'site' | 'channel' | 'currency' | 'coupon' | 'total' | 'base_total' | 'discount']: string | null;
} & { ordered_at: Date | null; content_at: Date; base_refunded: string };

function toOrder(row: StoredOrder): PastOrder {
  const lines = Array.isArray(row.lines) ? row.lines.filter(Array.isArray) : [];
  const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
  return {
    id: row.order_id,
    at: (row.ordered_at ?? row.content_at).getTime(),
    status: row.status ?? '',
    site: row.site ?? '',
    channel: row.channel ?? '',
    currency: row.currency ?? '',
    coupon: row.coupon ?? '',
    total: row.total ?? '0',
    baseTotal: row.base_total,
    baseRefunded: row.base_refunded,
    discount: row.discount ?? '0',
    lines: lines.map(([product, category, brand, quantity, price]) => ({
      product: text(product),
      category: text(category),
      brand: text(brand),
      quantity: text(quantity) || '0',
      price: typeof price === 'string' ? inBase(price, row.currency ?? '') : null,
    })),
  };
}

/** At the fixed rate, to four digits. */
function inBase(price: string, currency: string): string | null {
  if (currency === 'EUR') return price;
  const amount = exactOf(price);
  if (currency !== 'BAM' || amount === null) return null;
  const tenThousandths = divide(amount * 100_000n, BigInt(Math.round(words.bamPerEuro * 100_000)) * 100n);
  return String(Number(tenThousandths) / 10_000);
}
