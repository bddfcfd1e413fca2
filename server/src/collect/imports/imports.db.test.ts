import { readdir } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { ImportKind, ImportPreview } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { useImports } from '../../../test/imports.ts';
import { poll } from '../../../test/poll.ts';
import { useStores } from '../../../test/stores.ts';
import { pgQuery } from '../../platform/index.ts';

const stores = useStores();
const bench = useImports(stores);
const { open, post, ask, follow, bring } = bench;

const readTotals = pgQuery({
  name: 'test.readImportTotals',
  params: { workspace: 'int4' },
  row: { orders: 'int8', lines: 'int8', refunds: 'int8', total: 'numeric?', refunded: 'numeric?', profiles: 'int8' },
  text: `select (select count(*) from unify."order" where workspace_id = :workspace and status is not null) as orders,
                (select count(*) from unify.order_line where workspace_id = :workspace) as lines,
                (select count(*) from unify.refund where workspace_id = :workspace) as refunds,
                (select sum(total) from unify."order" where workspace_id = :workspace) as total,
                (select sum(amount) from unify.refund where workspace_id = :workspace) as refunded,
                (select count(*) from unify.profile where workspace_id = :workspace) as profiles`,
});
const readTraits = pgQuery({
  name: 'test.readImportedTraits',
  params: { workspace: 'int4' },
  row: { traits: 'jsonb', consents: 'jsonb' },
  text: `select traits, consents from unify.profile where workspace_id = :workspace order by id`,
});

const people = `Prénom;Nom;E-mail;Téléphone;Carte fidélité;Newsletter;Ville
Zoé;Moreau;zoe@example.fr;06 12 34 56 78;2501 1111;oui;Lyon
Anna;Petit;anna@example.fr;;2501 2222;non;Nantes
;;;;;;Paris
`;

describe('importing people', () => {
  it('makes them customers, counts what it rejects, and gives the rejected rows back', async () => {
    const workspace = await open();
    const done = await bring(workspace, 'people', people);
    expect(done).toMatchObject({
      state: 'done',
      phase: 'finished',
      rows: 3,
      rowsTotal: 3,
      accepted: 2,
      rejected: 1,
      duplicates: 0,
      reasons: { no_identifier: 1 },
      bytesRead: Buffer.byteLength(people),
    });
    const found = await stores.pg.rows(readTraits, { workspace: workspace.id });
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({
      traits: { firstName: { value: 'Zoé' }, address: { value: { city: 'Lyon' } } },
      consents: { newsletter: { granted: true } },
    });
    const csv = await ask(workspace, 'GET', `/api/v1/imports/${done.id}/rejects.csv`);
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.body).toContain('4,no_identifier,');
    expect(csv.body).toContain('Paris');
  });

  it('changes nothing when the same file comes again, and takes only the row that changed', async () => {
    const workspace = await open();
    await bring(workspace, 'people', people);
    const again = await bring(workspace, 'people', people);
    expect(again).toMatchObject({ accepted: 2, duplicates: 2, rejected: 1 });
    const changed = await bring(workspace, 'people', people.replace('Nantes', 'Rennes'));
    expect(changed).toMatchObject({ accepted: 2, duplicates: 1 });
    expect(await stores.pg.row(readTotals, { workspace: workspace.id })).toMatchObject({ profiles: 2 });
  });
});

describe('importing orders', () => {
  it('brings scattered lines together as one order each', async () => {
    const workspace = await open();
    const lines = `invoice,stock_code,quantity,invoice_ts,unit_price,customer_id
1001,A,2,2024-03-01 10:00,10.10,C1
1002,B,1,2024-03-01 11:00,5.00,
1001,C,1,2024-03-01 10:00,0,C1
C1003,A,-1,2024-03-02 09:00,10.10,C1
1002,A,1,2024-03-01 11:00,10.10,
`;
    const done = await bring(workspace, 'order-lines', lines);
    expect(done).toMatchObject({ state: 'done', rows: 5, accepted: 5, rejected: 0 });
    expect(await stores.pg.row(readTotals, { workspace: workspace.id })).toMatchObject({
      orders: 2,
      lines: 4,
      refunds: 1,
      total: '35.3000',
      refunded: '10.1000',
      profiles: 1,
    });
  });

  it('rejects impossible dates and amounts and goes on', async () => {
    const workspace = await open();
    const csv = `order_id;date;total;email
1;31/12/9999;10,00;a@example.fr
2;01/01/1900;10,00;a@example.fr
3;15/03/2024;${'9'.repeat(308)};a@example.fr
4;15/03/2024;1e308;a@example.fr
5;15/03/2024;1 234,50 €;a@example.fr
6;30/02/2024;10,00;a@example.fr
`;
    const done = await bring(workspace, 'orders', csv);
    expect(done).toMatchObject({
      state: 'done',
      accepted: 1,
      rejected: 5,
      reasons: { date_out_of_range: 2, number_out_of_range: 2, date_unreadable: 1 },
    });
    expect(await stores.pg.row(readTotals, { workspace: workspace.id })).toMatchObject({
      orders: 1,
      total: '1234.5000',
    });
  });

  it('reads gzip, JSON lines and a file in Windows-1252 alike', async () => {
    const workspace = await open();
    const csv = gzipSync('order id,order date,total,e-mail\n1,2024-03-01,10,a@example.fr\n');
    expect(await bring(workspace, 'orders', csv)).toMatchObject({ accepted: 1 });
    const json = '{"order_id":"2","date":"2024-03-01T10:00:00Z","total":12.5,"customer":{"email":"b@example.fr"}}\n';
    expect(await bring(workspace, 'orders', json, { mapping: '{"customer.email":"email"}' })).toMatchObject({
      accepted: 1,
    });
    const latin = Buffer.from('N° commande;Date;Montant TTC;Prénom\n3;02/03/2024;12,50;Zoé\n', 'latin1');
    const done = await bring(workspace, 'orders', latin);
    expect(done).toMatchObject({ accepted: 1, settings: { encoding: 'windows-1252', delimiter: ';' } });
    expect(await stores.pg.row(readTotals, { workspace: workspace.id })).toMatchObject({ orders: 3, total: '35.0000' });
  });
});

describe('importing events', () => {
  it('takes calls as they are, dated when they happened', async () => {
    const workspace = await open();
    const call = (id: string, more: object) =>
      JSON.stringify({ type: 'track', event: 'Product Viewed', userId: 'u1', messageId: id, ...more });
    const lines = [
      call('m1', { timestamp: '2024-01-02T10:00:00Z', sentAt: '2024-01-02T10:00:01Z' }),
      call('m2', { timestamp: '1900-01-01T00:00:00Z' }),
      '{"broken',
    ];
    const done = await bring(workspace, 'events', lines.join('\n'));
    expect(done).toMatchObject({ accepted: 1, rejected: 2, reasons: { date_out_of_range: 1, not_json: 1 } });
    await poll('the event is shipped', async () => (await bench.shop.pipeline.backlog(workspace.id)).moving === 0);
  });
});

describe('refusals leave nothing behind', () => {
  const cases: readonly (readonly [string, ImportKind, string | Buffer, string])[] = [
    ['an empty file', 'people', '', 'imports.empty_file'],
    ['a file without a column it needs', 'orders', 'sku,qty\nA,1\n', 'imports.column_missing'],
    ['a PDF', 'people', '%PDF-1.7 …', 'imports.not_a_table'],
    ['an old workbook', 'people', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'imports.old_excel'],
    ['a file over the limit', 'people', 'x'.repeat(4_100_000), 'imports.file_too_large'],
    ['a cut gzip file', 'people', gzipSync('email\na@example.fr\n'.repeat(999)).subarray(0, 30), 'imports.gzip_broken'],
  ];
  it.each(cases)('%s', async (_, as, content, code) => {
    const workspace = await open();
    const answer = await post(workspace, '/api/v1/imports', { as }, { content });
    expect(answer.json()).toMatchObject({ code, detail: expect.any(String) });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect((await ask(workspace, 'GET', '/api/v1/imports')).json()).toEqual({ items: [], next: null });
    expect(await readdir(`${stores.filesDir}/uploads`)).toEqual([]);
  });

  it('a quotation mark never closed is refused with its line', async () => {
    const workspace = await open();
    const content = 'email,name\na@example.fr,A\nb@example.fr,"B\nc@example.fr,C\n';
    const answer = await post(workspace, '/api/v1/imports', { as: 'people' }, { content });
    expect(answer.json()).toMatchObject({ code: 'imports.quote_never_closed', line: 3 });
  });

  it('and far down in a file it fails the import before the first row goes in', async () => {
    const workspace = await open();
    const rows = Array.from({ length: 201_000 }, (_, index) => `u${index},A`);
    const failed = await bring(workspace, 'people', `id,name\n${rows.join('\n')}\nlast,"B\nc,C\n`);
    expect(failed).toMatchObject({ state: 'failed', rows: 0, error: { code: 'imports.quote_never_closed' } });
    expect(failed.error?.message).toContain('line 201002');
    expect(await stores.pg.row(readTotals, { workspace: workspace.id })).toMatchObject({ profiles: 0 });
  });

  it('an import of another workspace is not found', async () => {
    const [mine, other] = [await open(), await open()];
    const { id } = await bring(mine, 'people', people);
    for (const path of ['', '/rejects.csv'])
      expect((await ask(other, 'GET', `/api/v1/imports/${id}${path}`)).statusCode).toBe(404);
    expect((await ask(other, 'POST', `/api/v1/imports/${id}/cancel`)).statusCode).toBe(404);
    expect((await ask(other, 'POST', `/api/v1/imports/${id}/resume`)).statusCode).toBe(404);
  });
});

describe('the preview', () => {
  it('guesses the mapping, tries the rows, and its upload starts the import', async () => {
    const workspace = await open();
    const answer = await post(workspace, '/api/v1/imports/preview', {}, { content: people, name: 'clients.csv' });
    const preview = answer.json<ImportPreview>();
    expect(preview).toMatchObject({
      kind: 'people',
      fileName: 'clients.csv',
      missing: [],
      rows: 3,
      valid: 2,
      rejected: 1,
      complete: true,
      sameFile: null,
    });
    expect(Object.fromEntries(preview.columns.map(({ name, field }) => [name, field]))).toEqual({
      Prénom: 'first_name',
      Nom: 'last_name',
      'E-mail': 'email',
      Téléphone: 'phone',
      'Carte fidélité': 'loyalty_card',
      Newsletter: 'consent.newsletter',
      Ville: 'city',
    });
    const started = await post(workspace, '/api/v1/imports', { as: 'people', upload: preview.upload });
    expect(await follow(workspace, started.json<{ id: string }>().id)).toMatchObject({ accepted: 2 });
    const again = await post(workspace, '/api/v1/imports/preview', { as: 'people' }, { content: people });
    expect(again.json<ImportPreview>().sameFile).toMatchObject({ state: 'done' });
  });

  it('says what is missing, and what the first errors are', async () => {
    const workspace = await open();
    const answer = await post(
      workspace,
      '/api/v1/imports/preview',
      { as: 'orders' },
      { content: 'order_id,date\n1,2024-01-01\n' },
    );
    expect(answer.json<ImportPreview>()).toMatchObject({ missing: ['total'], rows: 0 });
    const bad = await post(
      workspace,
      '/api/v1/imports/preview',
      { as: 'orders' },
      {
        content: 'order_id,date,total\n1,2024-01-01,10\n2,2024-01-32,10\n3,2024-01-01\n',
      },
    );
    expect(bad.json<ImportPreview>()).toMatchObject({
      valid: 1,
      reasons: { date_unreadable: 1, columns_missing: 1 },
      errors: [
        { row: 3, reason: 'date_unreadable' },
        { row: 4, reason: 'columns_missing' },
      ],
    });
  });
});
