import { randomUUID } from 'node:crypto';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { createWorkspace, type TestWorkspace } from '../../../test/builders.ts';
import { useApp } from '../../../test/httpApp.ts';
import { useStores } from '../../../test/stores.ts';
import { pgQuery } from '../../platform/index.ts';
import { createProductImporter } from '../catalog/index.ts';
import { createCollectExports, registerExportRoutes } from './index.ts';

const deps = useStores();
const http = useApp(deps, { rooms: (app) => registerExportRoutes(app, deps, createCollectExports(deps)) });

const scopes = ['export.read', 'personal.read'];
const workspace = (given: readonly string[] = scopes) => createWorkspace(deps, { scopes: given });

async function download({ secretKey }: TestWorkspace, path: string) {
  const response = await http.app.inject({
    url: `/api/v1/export/${path}`,
    headers: { authorization: `Bearer ${secretKey}` },
  });
  return {
    status: response.statusCode,
    headers: response.headers,
    body: response.rawPayload,
    json: () => response.json(),
  };
}
const linesOf = ({ body }: { body: Buffer }) =>
  body
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
async function rowsOf({ body }: { body: Buffer }) {
  const copy = new Uint8Array(body);
  return parquetReadObjects({ file: copy.buffer });
}

const event = (workspaceId: number, overrides: object = {}) => ({
  workspace_id: workspaceId,
  profile_id: 1,
  timestamp: Date.parse('2026-11-20T10:00:00.123Z'),
  message_id: randomUUID(),
  type: 'track',
  event: 'Product Viewed',
  source_id: 1,
  site: 'Main',
  received_at: Date.parse('2026-11-21T10:00:00Z'),
  anonymous_id: 'anon',
  properties: '{"price":12.5}',
  traits: '{}',
  context: '{}',
  extra: '{}',
  ...overrides,
});
const insert = (table: string, rows: readonly object[]) =>
  deps.ch.insert(table, Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')), { token: randomUUID() });

/** What hurts exporters: digits, escapes, dangerous keys, separators, depth. */
const nasty = [
  '{"big":12345678901234567890,"tiny":1e-7,"exact":0.1,"minus":-0,"long":3.141592653589793238462643}',
  '{"__proto__":{"admin":true},"constructor":{"prototype":null},"":[],"a.b":{"c":1},"a":{"b":{"c":2}}}',
  `{"text":${JSON.stringify('"\\ \n\r\t\u2028\u2029 😀 e\u0301 \u0001 </script> ,;\'')}}`,
  `{"deep":${'['.repeat(90)}1${']'.repeat(90)}}`,
  `{"wide":"${'x'.repeat(30_000)}"}`,
  '{"empty":"","null":null,"true":true,"list":[{},[],""]}',
];

describe('an export of events', () => {
  it('gives every raw record back unchanged, in both formats', async () => {
    const made = await workspace();
    const rows = nasty.map((json, index) =>
      event(made.id, {
        message_id: `m"${index}\\\n`,
        event: `Nasty "${index}"\t`,
        properties: json,
        traits: json,
        context: json,
        extra: json,
        value: '99999999999999.9999',
      }),
    );
    await insert('events', rows);

    const raw = linesOf(await download(made, 'events?format=ndjson'));
    expect(raw).toHaveLength(nasty.length);
    for (const [index, json] of nasty.entries()) {
      const line = raw.find((text) => JSON.parse(text).messageId === `m"${index}\\\n`) ?? '';
      expect(line).toContain(`"properties":${json}`);
      expect(line).toContain(`"traits":${json}`);
      expect(line).toContain(`"context":${json}`);
      expect(line).toContain(json.slice(1, -1));
      expect(JSON.parse(line)).toMatchObject({ type: 'track', event: `Nasty "${index}"\t`, anonymousId: 'anon' });
    }

    const columns = await rowsOf(await download(made, 'events?format=parquet'));
    for (const [index, json] of nasty.entries())
      expect(columns.find(({ message_id }) => message_id === `m"${index}\\\n`)).toMatchObject({
        event: `Nasty "${index}"\t`,
        properties: json,
        traits: json,
        context: json,
        extra: json,
        timestamp: new Date('2026-11-20T10:00:00.123Z'),
        sent_at: null,
      });
  });

  it('is bounded by when events happened, or when they were received', async () => {
    const made = await workspace();
    await insert('events', [
      event(made.id, { message_id: 'old', timestamp: Date.parse('2026-01-05T00:00:00Z') }),
      event(made.id, { message_id: 'edge', timestamp: Date.parse('2026-02-01T00:00:00Z') }),
      event(made.id, {
        message_id: 'late',
        timestamp: Date.parse('2026-01-05T00:00:00Z'),
        received_at: Date.parse('2026-11-22T00:00:00Z'),
      }),
    ]);
    const idsOf = async (query: string) =>
      linesOf(await download(made, `events?format=ndjson&${query}`))
        .map((line) => JSON.parse(line).messageId)
        .sort();
    expect(await idsOf('from=2026-01-01&to=2026-02-01')).toEqual(['late', 'old']);
    expect(await idsOf('from=2026-02-01T00:00:00Z')).toEqual(['edge']);
    expect(await idsOf('by=received&from=2026-11-22')).toEqual(['late']);
    expect(await idsOf('')).toEqual(['edge', 'late', 'old']);
  });

  it('says whom an event belongs to after a merge and after its undoing', async () => {
    const made = await workspace();
    await insert('events', [
      event(made.id, { profile_id: 11 }),
      event(made.id, { profile_id: 12 }),
      event(made.id, { profile_id: 13 }),
    ]);
    await insert('profile_root', [
      { workspace_id: made.id, profile_id: 12, root_id: 11, version: 1 },
      { workspace_id: made.id, profile_id: 13, root_id: 11, version: 1 },
      { workspace_id: made.id, profile_id: 13, root_id: 13, version: 2 },
    ]);
    const rows = await rowsOf(await download(made, 'events'));
    const owners = new Map(rows.map(({ profile_id, customer_id }) => [Number(profile_id), Number(customer_id)]));
    expect([owners.get(11), owners.get(12), owners.get(13)]).toEqual([11, 11, 13]);
  });

  it('of many events has them all', async () => {
    const made = await workspace();
    const many = Array.from({ length: 30_000 }, (_, index) =>
      event(made.id, { message_id: `m${index}`, profile_id: index % 500 }),
    );
    await insert('events', many);
    const ids = new Set(
      linesOf(await download(made, 'events?format=ndjson')).map((line) => JSON.parse(line).messageId),
    );
    expect(ids.size).toBe(30_000);
    expect(await rowsOf(await download(made, 'events'))).toHaveLength(30_000);
  });

  it('of a workspace without events is a valid empty file', async () => {
    const made = await workspace();
    expect(await rowsOf(await download(made, 'events'))).toEqual([]);
    expect((await download(made, 'events?format=ndjson')).body).toHaveLength(0);
  });
});

describe('an export of dropped records', () => {
  it('has them as they came, with the reason', async () => {
    const made = await workspace();
    const dropped = nasty.map((raw, index) => ({
      workspace_id: made.id,
      at: Date.now() - index * 1_000,
      id: `7-${index}`,
      reason: 'plan',
      detail: '/price minimum',
      source_id: 3,
      type: 'track',
      event: 'X',
      message_id: 'm',
      raw,
      replayed: false,
      batch_id: 7,
    }));
    await insert('drops', dropped);
    const lines = linesOf(await download(made, 'dropped-events?format=ndjson')).map((line) => JSON.parse(line));
    expect(new Map(lines.map(({ id, raw }) => [id, raw]))).toEqual(new Map(dropped.map(({ id, raw }) => [id, raw])));
    expect(lines[0]).toMatchObject({ reason: 'plan', detail: '/price minimum' });
    expect(await rowsOf(await download(made, 'dropped-events'))).toHaveLength(nasty.length);
  });
});

const insertOrders = pgQuery({
  name: 'test.insertOrders',
  params: { workspace: 'int4', ids: 'text[]', totals: 'numeric[]' },
  row: {},
  text: `
    with made as (
      insert into unify."order" (workspace_id, order_id, source_id, status, ordered_at, content_at, currency, total, version)
      select :workspace, id, 1, 'completed', '2026-11-20T10:00:00Z', now(), 'EUR', total, 1
      from unnest(:ids, :totals) as row (id, total)
      returning order_id
    )
    insert into unify.order_line (workspace_id, order_id, line, product_id, name, quantity, price)
    select :workspace, order_id, line, 'P' || line, 'Lampe "é"', line, 9.99 from made, generate_series(1, 3) as line`,
});

describe('an export of tables', () => {
  it('has every order and line, exact to the digit', async () => {
    const made = await workspace();
    const ids = Array.from({ length: 2_345 }, (_, index) => `O-${index}`);
    await deps.pg.run(insertOrders, { workspace: made.id, ids, totals: ids.map((_, index) => `${index}.1234`) });

    const orders = linesOf(await download(made, 'orders?format=ndjson'));
    expect(new Set(orders.map((line) => JSON.parse(line).order_id))).toEqual(new Set(ids));
    expect(orders.find((line) => line.includes('"O-7"'))).toContain('"total":7.1234,');
    const table = await rowsOf(await download(made, 'orders'));
    expect(table).toHaveLength(2_345);
    expect(table.find(({ order_id }) => order_id === 'O-7')).toMatchObject({
      total: expect.closeTo(7.1234, 8),
      base_total: null,
      profile_id: null,
      ordered_at: new Date('2026-11-20T10:00:00Z'),
    });
    expect(await rowsOf(await download(made, 'order-lines'))).toHaveLength(7_035);
    expect(linesOf(await download(made, 'order-lines?format=ndjson'))).toHaveLength(7_035);
  });

  it('has products and prices, and needs no personal data for them', async () => {
    const made = await workspace(['export.read']);
    const importer = createProductImporter(deps, { workspaceId: made.id, runId: randomUUID(), site: 'fr', full: true });
    await deps.pg.transaction((tx) =>
      importer.apply(tx, [
        {
          ...{
            productId: 'A',
            groupId: null,
            title: 'Lampe',
            description: null,
            brand: null,
            category: null,
            link: null,
          },
          ...{ imageLink: null, gtin: null, size: null, color: null, availability: 'in_stock', stock: 4, site: null },
          price: { amount: '19.9000', currency: 'EUR', sale: null },
          attributes: { shipping: [{ country: 'FR' }] },
        },
      ]),
    );
    expect(linesOf(await download(made, 'products?format=ndjson')).map((line) => JSON.parse(line))).toMatchObject([
      { product_id: 'A', title: 'Lampe', stock: 4, attributes: { shipping: [{ country: 'FR' }] }, removed_at: null },
    ]);
    expect(await rowsOf(await download(made, 'product-prices'))).toMatchObject([
      { product_id: 'A', site: 'fr', currency: 'EUR', price: 19.9, sale_price: null },
    ]);
    expect((await download(made, 'orders')).status).toBe(403);
  });
});

describe('who may export', () => {
  it('needs export.read, and personal.read for what is about people', async () => {
    expect((await download(await workspace(['personal.read']), 'products')).status).toBe(403);
    const refused = await download(await workspace(['export.read']), 'events');
    expect(refused.json()).toMatchObject({ status: 403, code: 'collect.export_is_personal' });
  });

  it('gets nothing of another workspace', async () => {
    const made = await workspace();
    await insert('events', [event(made.id)]);
    await deps.pg.run(insertOrders, { workspace: made.id, ids: ['O'], totals: ['1'] });
    const other = await workspace();
    for (const name of ['events', 'dropped-events', 'orders', 'order-lines', 'products', 'product-prices'])
      expect((await download(other, `${name}?format=ndjson`)).body, name).toHaveLength(0);
  });

  it('is named in the audit log', async () => {
    const made = await createWorkspace(deps, { scopes: [...scopes, 'audit.read'] });
    await download(made, 'orders?format=ndjson');
    const log = await http.app.inject({
      url: '/api/v1/audit',
      headers: { authorization: `Bearer ${made.secretKey}` },
    });
    expect(log.json().items).toMatchObject([{ action: 'data.exported', target: 'orders' }]);
  });

  it('gets a file with a name and a type', async () => {
    const { headers } = await download(await workspace(), 'orders');
    expect(headers['content-type']).toBe('application/vnd.apache.parquet');
    expect(headers['content-disposition']).toBe('attachment; filename="orders.parquet"');
  });
});
