import { type MessageReportQuery, messageReportPeopleQuerySchema, messageReportQuerySchema } from '@vitrail/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { openShop, type Shop } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { decodeProfileId } from '../../collect/index.ts';
import { pgQuery } from '../../platform/index.ts';
import { type News, recordFeedback } from '../messages/recordFeedback.ts';
import { followCredits } from './creditOrders.ts';
import { readMessageReport } from './readMessageReport.ts';
import { readReportPeople } from './readReportPeople.ts';
import { reportTable } from './reportTable.ts';

const findProfile = pgQuery({
  name: 'test.reports.findProfile',
  params: { workspace: 'int4', user: 'text' },
  row: { id: 'int8' },
  text: `select profile_id as id from unify.identifier
    where workspace_id = :workspace and namespace = 'user_id' and value = :user`,
});
const insertSent = pgQuery({
  name: 'test.reports.insertSent',
  params: {
    workspace: 'int4',
    profile: 'int8',
    key: 'text',
    channel: 'text',
    kind: 'text',
    origin: 'text',
    origin_id: 'text',
    step: 'text',
    variant: 'text',
    provider: 'text',
    address: 'text',
    state: 'text',
    at: 'timestamptz?',
  },
  row: { id: 'int8' },
  text: `
    insert into communicate.message (workspace_id, profile_id, dedupe_key, channel, purpose, kind, origin, origin_id, step,
      variant, provider, address, state, due_at, created_at, sent_at)
    values (:workspace, :profile, :key, :channel, 'marketing', :kind, :origin, :origin_id, :step, :variant, :provider,
      :address, :state, coalesce(:at, now()), coalesce(:at, now()), :at)
    returning id`,
});
const insertCampaign = pgQuery({
  name: 'test.reports.insertCampaign',
  params: { workspace: 'int4', name: 'text', at: 'timestamptz' },
  row: { id: 'int4' },
  text: `
    insert into communicate.campaign (workspace_id, name, state, definition, created_by, created_at, updated_at)
    values (:workspace, :name, 'done', '{}', 'test', :at, :at) returning id`,
});

const stores = useStores();
let shop: Shop;
let spring = 0;
let summer = 0;
const profileOf = new Map<string, number>();
const userOf = (profile: number): string => [...profileOf].find(([, id]) => id === profile)?.[0] ?? '';

let keys = 0;
/** A message handed over, unless something else is said of it. */
async function sent(user: string, at: string | null, more: Partial<Parameters<typeof write>[0]> = {}): Promise<number> {
  return write({ user, at, campaign: spring, ...more });
}
async function write(wish: {
  user: string;
  at: string | null;
  campaign?: number;
  journey?: string;
  step?: string;
  variant?: string;
  channel?: string;
  kind?: string;
  provider?: string;
  state?: string;
}): Promise<number> {
  keys += 1;
  const row = await stores.pg.row(insertSent, {
    workspace: shop.id,
    profile: profileOf.get(wish.user) ?? 0,
    key: `test/${keys}`,
    channel: wish.channel ?? 'email',
    kind: wish.kind ?? 'marketing',
    origin: wish.journey === undefined ? 'campaign' : 'journey',
    origin_id: wish.journey ?? String(wish.campaign),
    step: wish.step ?? '',
    variant: wish.variant ?? '',
    provider: wish.provider ?? 'smtp',
    address: `${wish.user}@${wish.user === 'zoe' ? 'rare.example' : 'Mail.example'}`,
    state: wish.state ?? 'sent',
    at: wish.at === null ? null : new Date(wish.at),
  });
  return row?.id ?? 0;
}
const tell = (...news: (Pick<News, 'message' | 'kind'> & Partial<News>)[]): Promise<number> =>
  stores.pg.transaction((tx) =>
    recordFeedback(tx, {
      workspace: shop.id,
      now: stores.clock.now(),
      news: news.map((each) => ({ at: stores.clock.now(), dedupeKey: '', machine: false, detail: {}, ...each })),
    }),
  );
const order = (user: string, id: string, at: string, total: number, refund?: number) =>
  shop.send(
    {
      type: 'track',
      userId: user,
      event: 'Order Completed',
      timestamp: at,
      properties: { order_id: id, total, currency: 'EUR', products: [{ product_id: 'p', quantity: 1, price: total }] },
    },
    ...(refund === undefined
      ? []
      : [
          {
            type: 'track',
            userId: user,
            event: 'Order Refunded',
            timestamp: at,
            properties: { order_id: id, total: refund, currency: 'EUR' },
          },
        ]),
  );
const ask = (query: Partial<MessageReportQuery>, workspace = shop.id) =>
  readMessageReport(
    stores,
    workspace,
    messageReportQuerySchema.parse({ from: '2026-05-01', to: '2026-05-31', ...query }),
  );
const askPeople = async (query: object): Promise<string[]> => {
  const asked = messageReportPeopleQuerySchema.parse({ from: '2026-05-01', to: '2026-05-31', ...query });
  const page = await readReportPeople(stores, shop.id, asked);
  expect(page.count).toBe(page.items.length);
  return page.items.map((id) => userOf(decodeProfileId(id) ?? 0)).toSorted();
};

beforeAll(async () => {
  stores.clock.set('2026-05-31T12:00:00Z');
  shop = await openShop(stores, { timeZone: 'Europe/Paris', reactors: [followCredits(stores)] });
  const users = ['anna', 'bert', 'cleo', 'dora', 'emil', 'zoe'];
  await shop.send(
    ...users.map((userId) => ({ type: 'identify', userId, traits: { email: `${userId}@mail.example` } })),
  );
  for (const user of users)
    profileOf.set(user, (await stores.pg.row(findProfile, { workspace: shop.id, user }))?.id ?? 0);
  const at = stores.clock.now();
  spring = (await stores.pg.row(insertCampaign, { workspace: shop.id, name: 'Spring', at }))?.id ?? 0;
  summer = (await stores.pg.row(insertCampaign, { workspace: shop.id, name: 'Summer', at }))?.id ?? 0;

  const [anna, bert, cleo] = [
    await sent('anna', '2026-05-10T08:00:00Z', { variant: 'A' }),
    await sent('bert', '2026-05-10T08:00:00Z', { variant: 'B' }),
    await sent('cleo', '2026-05-10T08:00:00Z', { variant: 'A' }),
  ];
  await sent('dora', '2026-05-10T08:00:00Z', { state: 'uncertain' });
  await sent('emil', null, { state: 'skipped' });
  await sent('emil', '2026-05-10T08:00:00Z', { kind: 'test' });
  const later = await sent('anna', '2026-05-20T08:00:00Z', { campaign: summer });
  await sent('zoe', '2026-05-20T08:00:00Z', { campaign: summer });
  await sent('emil', '2026-05-20T08:00:00Z', { journey: '7', step: 'hello', channel: 'sms', provider: 'sms-one' });
  // 23:30 in Paris, the day before in UTC: the last day of April there.
  await sent('bert', '2026-04-30T21:30:00Z');
  // 0:30 in Paris: the first of May.
  await sent('bert', '2026-04-30T22:30:00Z');
  await tell(
    { message: anna, kind: 'delivered' },
    { message: bert, kind: 'delivered' },
    { message: anna, kind: 'clicked', dedupeKey: '0' },
    { message: anna, kind: 'clicked', dedupeKey: '1' },
    { message: bert, kind: 'clicked', machine: true },
    { message: bert, kind: 'opened' },
    { message: cleo, kind: 'bounced' },
    { message: later, kind: 'unsubscribed' },
    { message: later, kind: 'complained' },
  );
  // The same news again is none.
  await tell({ message: anna, kind: 'clicked', dedupeKey: '1' });
  // After Spring, before Summer; then after both; then too late for a week.
  await order('anna', 'o1', '2026-05-12T10:00:00Z', 100, 30);
  await order('anna', 'o2', '2026-05-21T10:00:00Z', 50);
  await order('bert', 'o3', '2026-05-20T10:00:00Z', 20);
  // Before anything was sent to them.
  await order('zoe', 'o4', '2026-05-19T10:00:00Z', 900);
});
afterAll(() => shop.pipeline.stop());

describe('the report of messages', () => {
  it('counts what became of those sent in the period, once each, by campaign', async () => {
    const { rows, total, currency } = await ask({});
    expect(currency).toBe('EUR');
    expect(rows.map(({ name, current }) => ({ name, ...current }))).toEqual([
      {
        name: 'Spring',
        sent: 4,
        delivered: 2,
        clicked: 1,
        converted: 1,
        orders: 1,
        revenue: 70,
        bounced: 1,
        unsubscribed: 0,
        complained: 0,
        opened: 1,
      },
      {
        name: 'Summer',
        sent: 2,
        delivered: 0,
        clicked: 0,
        converted: 1,
        orders: 1,
        revenue: 50,
        bounced: 0,
        unsubscribed: 1,
        complained: 1,
        opened: 0,
      },
    ]);
    expect(total.current).toMatchObject({ sent: 6, orders: 2, revenue: 120 });
  });

  it('puts an order down to the last message before it, within as many days as are asked', async () => {
    const { rows } = await ask({ creditDays: 14 });
    expect(rows.map(({ name, current: { orders, revenue } }) => [name, orders, revenue])).toEqual([
      ['Spring', 2, 90],
      ['Summer', 1, 50],
    ]);
    expect((await ask({ creditDays: 1 })).total.current).toMatchObject({ orders: 0, revenue: 0 });
  });

  it('compares with the days before, in the days of the shop', async () => {
    const { total } = await ask({ compare: 'previous' });
    expect([total.current.sent, total.previous?.sent]).toEqual([6, 1]);
    expect((await ask({ from: '2026-05-01', to: '2026-05-01' })).total.current.sent).toBe(1);
    expect((await ask({ from: '2026-04-30', to: '2026-04-30' })).total.current.sent).toBe(1);
    expect((await ask({})).total.previous).toBeNull();
  });

  it.each([
    ['journey', {}, [['7', 1]]],
    ['step', {}, [['7/hello', 1]]],
    [
      'channel',
      {},
      [
        ['email', 6],
        ['sms', 1],
      ],
    ],
    [
      'provider',
      {},
      [
        ['smtp', 6],
        ['sms-one', 1],
      ],
    ],
    ['channel', { channel: 'sms' }, [['sms', 1]]],
  ] as const)('tells them apart by %s', async (by, more, expected) => {
    const { rows } = await ask({ by, ...more });
    expect(rows.map(({ key, current }) => [key, current.sent])).toEqual(expected);
  });

  it('tells the variants of a campaign apart', async () => {
    const { rows } = await ask({ by: 'variant', campaign: String(spring) });
    expect(rows.map(({ key, name, current }) => [key, name, current.sent])).toEqual([
      [`${spring}/A`, 'Spring · A', 2],
      [`${spring}/`, 'Spring', 1],
      [`${spring}/B`, 'Spring · B', 1],
    ]);
  });

  it('names no domain of a few recipients', async () => {
    const { rows } = await ask({ by: 'domain' });
    expect(rows.map(({ key, current }) => [key, current.sent])).toEqual([
      ['mail.example', 5],
      ['#other', 1],
    ]);
  });
});

describe('behind the report of messages', () => {
  it('lists the people behind a number', async () => {
    expect(await askPeople({})).toEqual(['anna', 'bert', 'cleo', 'zoe']);
    expect(await askPeople({ key: String(spring), metric: 'clicked' })).toEqual(['anna']);
    expect(await askPeople({ key: String(spring), metric: 'delivered' })).toEqual(['anna', 'bert']);
    expect(await askPeople({ metric: 'converted' })).toEqual(['anna']);
    expect(await askPeople({ metric: 'converted', creditDays: '14' })).toEqual(['anna', 'bert']);
    await expect(askPeople({ by: 'domain', key: '#other' })).rejects.toMatchObject({
      code: 'communicate.others_not_listed',
    });
  });

  it('pages through them without leaving anybody out', async () => {
    const query = messageReportPeopleQuerySchema.parse({ from: '2026-05-01', to: '2026-05-31', limit: '3' });
    const first = await readReportPeople(stores, shop.id, query);
    const second = await readReportPeople(stores, shop.id, { ...query, cursor: first.next ?? '' });
    expect([first.count, first.items.length, second.items.length, second.next]).toEqual([4, 3, 1, null]);
    expect(new Set([...first.items, ...second.items]).size).toBe(4);
  });

  it('is a table whose last row is the sum', async () => {
    const { head, rows } = reportTable(await ask({ compare: 'previous' }), 'campaign', 'fr');
    expect(head.slice(0, 4)).toEqual(['Campagne', 'Identifiant', 'Envoyés', 'Remis']);
    expect(rows.map((row) => [row[0], row[2]])).toEqual([
      ['Spring', 4],
      ['Summer', 2],
      ['Total', 6],
    ]);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head.length]));
  });

  it('shows nothing of another workspace', async () => {
    const other = await createWorkspace(stores);
    expect(await ask({}, other.id)).toMatchObject({ rows: [], total: { current: { sent: 0 } } });
  });

  it('an order told twice, or changed, is put down once and counts as it is now', async () => {
    await order('anna', 'o1', '2026-05-12T10:00:00Z', 100);
    expect((await ask({ campaign: String(spring) })).total.current).toMatchObject({ orders: 1, revenue: 70 });
    await shop.send({
      type: 'track',
      userId: 'anna',
      event: 'Order Cancelled',
      timestamp: '2026-05-30T10:00:00Z',
      properties: { order_id: 'o1' },
    });
    expect((await ask({ campaign: String(spring) })).total.current).toMatchObject({ orders: 0, revenue: 0 });
  });
});
