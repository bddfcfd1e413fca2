import { readdir } from 'node:fs/promises';
import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { useImports } from '../../../test/imports.ts';
import { testSecrets } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { recordErased } from '../../govern/index.ts';
import { pgQuery } from '../../platform/index.ts';

const stores = useStores();
const { open, ask, post, bring } = useImports(stores);

const listProducts = pgQuery({
  name: 'test.listImportedProducts',
  params: { workspace: 'int4' },
  row: { product_id: 'text', title: 'text', stock: 'int4?', price: 'numeric?', currency: 'text?', removed: 'bool' },
  text: `select p.product_id, p.title, p.stock, c.price, c.currency, p.removed_at is not null as removed
         from collect.product p left join collect.product_price c using (workspace_id, product_id)
         where workspace_id = :workspace order by p.product_id`,
});
const listOrders = pgQuery({
  name: 'test.listImportedOrders',
  params: { workspace: 'int4' },
  row: { order_id: 'text', total: 'numeric?', currency: 'text?' },
  text: `select order_id, total, currency from unify."order" where workspace_id = :workspace order by order_id`,
});
describe('products', () => {
  it('come from a table with French headers, and from a Merchant feed', async () => {
    const workspace = await open();
    const csv =
      'Référence;Libellé;Prix;Stock;Couleur\nA1;Lampe;49,90 EUR;3;bleu\nA2;Vase;12,00 EUR;0;vert\n;Sans;1;1;\n';
    const done = await bring(workspace, 'products', csv);
    expect(done).toMatchObject({ state: 'done', rows: 3, accepted: 2, rejected: 1, reasons: { no_id: 1 } });
    expect(await stores.pg.rows(listProducts, { workspace: workspace.id })).toMatchObject([
      { product_id: 'A1', title: 'Lampe', stock: 3, price: '49.9000', currency: 'EUR' },
      { product_id: 'A2', stock: 0 },
    ]);
    const feed = `<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel>
      <item><g:id>A1</g:id><g:title>Lampe bleue</g:title><g:price>39.90 EUR</g:price></item></channel></rss>`;
    const options = { options: JSON.stringify({ fullFeed: true }) };
    expect(await bring(workspace, 'products', feed, options)).toMatchObject({ state: 'done', accepted: 1 });
    expect(await stores.pg.rows(listProducts, { workspace: workspace.id })).toMatchObject([
      { product_id: 'A1', title: 'Lampe bleue', price: '39.9000', removed: false },
      { product_id: 'A2', removed: true },
    ]);
  });
});

describe('a full table of products', () => {
  it('takes no product for gone whose row is there but cannot be read', async () => {
    const workspace = await open();
    const header = 'Référence;Libellé;Prix;Stock\n';
    const all = 'A1;Lampe;49,90 EUR;3\nA2;Vase;12,00 EUR;5\nA3;Coupe;9,00 EUR;1\nA4;Bol;7,00 EUR;2\n';
    const options = { options: JSON.stringify({ fullFeed: true }) };
    expect(await bring(workspace, 'products', header + all, options)).toMatchObject({ accepted: 4, rejected: 0 });
    // A2: a stock that is no number; A3: a column too many; A4 is not named at all.
    const next = 'A1;Lampe;49,90 EUR;3\nA2;Vase;12,00 EUR;five\nA3;Coupe;9,00 EUR;1;x\n';
    expect(await bring(workspace, 'products', header + next, options)).toMatchObject({ accepted: 1, rejected: 2 });
    expect(await stores.pg.rows(listProducts, { workspace: workspace.id })).toMatchObject([
      { product_id: 'A1', removed: false },
      { product_id: 'A2', removed: false, stock: 5, price: '12.0000' },
      { product_id: 'A3', removed: false, stock: 1 },
      { product_id: 'A4', removed: true },
    ]);
  });
});

describe('a workbook', () => {
  it('is imported with its real dates and numbers', async () => {
    const workspace = await open();
    const book = new exceljs.Workbook();
    const sheet = book.addWorksheet('Commandes');
    sheet.addRow(['N° commande', 'Date', 'Total TTC', 'Devise', 'Client']);
    sheet.addRow([1001, new Date('2024-03-01T10:00:00Z'), 12.5, 'CHF', 42]);
    const content = Buffer.from(await book.xlsx.writeBuffer());
    expect(await bring(workspace, 'orders', content)).toMatchObject({ state: 'done', accepted: 1 });
    expect(await stores.pg.rows(listOrders, { workspace: workspace.id })).toEqual([
      { order_id: '1001', total: '12.5000', currency: 'CHF' },
    ]);
  });
});

describe('rejected rows', () => {
  it('repaired in the downloaded file go in, and the rest is recognised', async () => {
    const workspace = await open();
    const csv = 'order id;date;total;note\n1;01/03/2024;10,00;=HYPERLINK("x")\n2;32/03/2024;-5,00;=1+1\n';
    const done = await bring(workspace, 'orders', csv);
    expect(done).toMatchObject({ accepted: 1, rejected: 1 });
    const download = await ask(workspace, 'GET', `/api/v1/imports/${done.id}/rejects.csv`);
    expect(download.body).toContain("'=1+1");
    expect(download.body).toContain(',"-5,00",');
    const repaired = download.body.replaceAll('32/03/2024', '31/03/2024').replace('-5,00', '5,00');
    expect(await bring(workspace, 'orders', repaired)).toMatchObject({
      accepted: 1,
      rejected: 0,
      settings: { mapping: { vitrail_row: 'ignore' } },
    });
    expect(await stores.pg.rows(listOrders, { workspace: workspace.id })).toHaveLength(2);
  });

  it('of a person who was erased are counted, and nothing of them is kept', async () => {
    const workspace = await open();
    const erased = [{ namespace: 'email', value: 'gone@example.fr' }];
    await recordErased(stores.pg, { clock: stores.clock, secrets: testSecrets }, workspace.id, erased);
    const done = await bring(workspace, 'people', 'email,prénom\ngone@example.fr,Zoé\nhere@example.fr,Anna\n');
    expect(done).toMatchObject({ accepted: 1, rejected: 1, reasons: { erased: 1 } });
    const download = await ask(workspace, 'GET', `/api/v1/imports/${done.id}/rejects.csv`);
    expect(download.body).not.toContain('gone');
    expect(download.body).not.toContain('Zoé');
  });
});

describe('the routes', () => {
  const people = 'email,tel\na@example.fr,1\n,\nx,\n';

  it('refuse a form that says too little or too much, and keep no file of it', async () => {
    const workspace = await open();
    const file = { content: people };
    const refusals: readonly (readonly [Record<string, string>, string])[] = [
      [{}, 'imports.no_kind'],
      [{ as: 'clients' }, 'imports.bad_form'],
      [{ as: 'people', mapping: '{broken' }, 'imports.bad_mapping'],
      [{ as: 'people', mapping: '{"mial":"email"}' }, 'imports.unknown_column'],
      [{ as: 'people', options: '{"timeZone":"Mars/Olympus"}' }, 'imports.bad_options'],
      [{ as: 'people', source: '999999' }, 'imports.source_unknown'],
    ];
    for (const [fields, code] of refusals) {
      const answer = await post(workspace, '/api/v1/imports', fields, file);
      expect(answer.json()).toMatchObject({ code });
    }
    expect((await post(workspace, '/api/v1/imports', { as: 'people' })).json()).toMatchObject({
      code: 'imports.no_file',
    });
    expect(await readdir(`${stores.filesDir}/uploads`)).toEqual([]);
    expect(await readdir(`${stores.filesDir}/imports`).catch(() => [])).toEqual([]);
  });

  it('say that an import which has ended can be neither cancelled nor resumed', async () => {
    const workspace = await open();
    const { id } = await bring(workspace, 'people', people);
    for (const [path, code] of [
      ['cancel', 'imports.ended'],
      ['resume', 'imports.not_resumable'],
    ])
      expect((await ask(workspace, 'POST', `/api/v1/imports/${id}/${path}`)).json()).toMatchObject({
        status: 409,
        code,
      });
  });

  it('give no content of rejected rows to those who may not see personal data', async () => {
    const workspace = await createWorkspace(stores, { scopes: ['data.read', 'data.write'] });
    const done = await bring(workspace, 'orders', 'order id,date,total,email\n1,never,10,secret@example.fr\n');
    const { body } = await ask(workspace, 'GET', `/api/v1/imports/${done.id}/rejects.csv`);
    expect(body).toBe('\ufeffvitrail_row,vitrail_reason\r\n2,date_unreadable\r\n');
  });

  it('page through imports, newest first', async () => {
    const workspace = await open();
    for (let count = 0; count < 3; count++) {
      stores.clock.advance(1_000);
      await bring(workspace, 'people', `email\nn${count}@example.fr\n`);
    }
    const first = (await ask(workspace, 'GET', '/api/v1/imports?limit=2')).json();
    expect(first.items).toHaveLength(2);
    const rest = (await ask(workspace, 'GET', `/api/v1/imports?limit=2&cursor=${first.next}`)).json();
    expect(rest).toMatchObject({ items: [{ rows: 1 }], next: null });
  });
});
