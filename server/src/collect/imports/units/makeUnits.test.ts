import type { ImportSettings } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../../../test/tempFile.ts';
import { guessFormats } from '../mapping/guessFormats.ts';
import { guessMapping } from '../mapping/guessMapping.ts';
import type { InputRow, RowSource } from '../read/rows.ts';
import { type EventKind, makeUnits } from './makeUnits.ts';
import type { Unit } from './unit.ts';

/** Units of a small table written as one text per row, columns split by `|`. */
async function unitsOf(kind: EventKind, table: string, settings: Partial<ImportSettings> = {}): Promise<Unit[]> {
  const [header = '', ...lines] = table
    .trim()
    .split('\n')
    .map((line) => line.trim());
  const columns = header.split('|');
  const rows: InputRow[] = lines.map((line, index) => ({ row: index + 2, cells: line.split('|') }));
  const source: RowSource = {
    columns,
    async *batches() {
      yield { rows, bytesRead: 1 };
    },
  };
  const samples = columns.map((name, index) => ({
    name,
    values: rows.map(({ cells }) => String(cells[index] ?? '')).filter((text) => text !== ''),
  }));
  const mapping = Object.fromEntries([...guessMapping(samples, kind, {})].map(([name, { field }]) => [name, field]));
  const context = {
    workspaceId: 1,
    kind,
    settings: {
      format: 'csv' as const,
      gzip: false,
      timeZone: 'UTC',
      currency: 'EUR',
      columns,
      mapping,
      formats: guessFormats(samples, mapping, { country: 'FR' }),
      ...settings,
    },
    now: Date.UTC(2026, 10, 21),
    fileBytes: 1,
    folder: await tempFolder(),
  };
  const units: Unit[] = [];
  for await (const batch of makeUnits(source, context)) units.push(...batch.units);
  return units;
}
const events = (units: readonly Unit[]) => units.flatMap((unit) => unit.events);
const rejects = (units: readonly Unit[]) =>
  units.flatMap((unit) => unit.rejects.map(({ row, reason }) => [row, reason]));

describe('a row about a person', () => {
  it('becomes an identify call with Segment’s names', async () => {
    const [call] = events(
      await unitsOf(
        'people',
        `user_id|email|tel|carte fidélité|crm_id|prénom|société|rue|cp|ville|newsletter|sms|date de naissance|pointure|modifié le
        C1|zoe@example.fr|0612345678|2501 1|7|Zoé|Atelier|12 rue X|01000|Bourg|oui|non|23/01/1988|38|2024-05-05`,
      ),
    );
    expect(call).toEqual({
      type: 'identify',
      messageId: expect.stringMatching(/^import-people-[0-9a-f]{32}$/),
      userId: 'C1',
      timestamp: '2024-05-05T00:00:00.000Z',
      traits: {
        email: 'zoe@example.fr',
        phone: '0612345678',
        loyaltyCard: '2501 1',
        firstName: 'Zoé',
        company: { name: 'Atelier' },
        address: { street: '12 rue X', postalCode: '01000', city: 'Bourg' },
        birthday: '1988-01-23',
        pointure: 38,
      },
      context: {
        externalIds: [{ id: '7', type: 'crm_id', collection: 'users', encoding: 'none' }],
        consent: { categoryPreferences: { newsletter: true, sms: false } },
      },
    });
  });

  it('has a message id made of its content: the same row is the same message, a changed one is not', async () => {
    const ids = async (table: string) => events(await unitsOf('people', table)).map(({ messageId }) => messageId);
    const [a, b, c] = await ids('email|prénom\na@x.fr|Zoé\na@x.fr|Zoé\na@x.fr|Zoë');
    expect(a).toBe(b);
    expect(a).not.toBe(c);
    expect(await ids('prénom|email\nZoé|a@x.fr')).toEqual([a]);
  });

  it('is dated by the file when a person says as of when it stands', async () => {
    const [call] = events(await unitsOf('people', 'email\na@x.fr', { asOf: '2026-01-01T00:00:00.000Z' }));
    expect(call).toMatchObject({ timestamp: '2026-01-01T00:00:00.000Z' });
  });
});

describe('a row about an order', () => {
  it('becomes Order Completed with identifiers beside it, or nobody’s', async () => {
    const calls = events(
      await unitsOf(
        'orders',
        'order id|date|montant ttc|email|tva|magasin\n1|2024-02-01|12,50 £|a@x.fr|2,5|Lyon\n2|2024-02-01|3,00|||',
      ),
    );
    expect(calls[0]).toMatchObject({
      type: 'track',
      event: 'Order Completed',
      timestamp: '2024-02-01T00:00:00.000Z',
      context: { externalIds: [{ type: 'email', id: 'a@x.fr' }] },
      properties: { order_id: '1', total: 12.5, currency: 'GBP', tax: 2.5, affiliation: 'Lyon' },
    });
    expect(calls[1]).not.toHaveProperty('context');
    expect(calls[1]).not.toHaveProperty('userId');
    expect(calls[1]).toMatchObject({ properties: { currency: 'EUR' } });
  });

  it('with a negative total, a status or a refunded amount tells what became of it', async () => {
    const units = await unitsOf(
      'orders',
      `order id|date|total|status|refunded amount|original order
      1|2024-02-01|-10||0|99
      2|2024-02-01|20|cancelled|0|
      3|2024-02-01|30|refunded|0|
      4|2024-02-01|40|paid|5|
      5|2024-02-01|50|draft|0|`,
    );
    const told = events(units).map(({ event, properties }) => [
      event,
      Reflect.get(Object(properties), 'order_id'),
      Reflect.get(Object(properties), 'total'),
    ]);
    expect(told).toEqual([
      ['Order Refunded', '99', 10],
      ['Order Cancelled', '2', 20],
      ['Order Completed', '3', 30],
      ['Order Refunded', '3', 30],
      ['Order Completed', '4', 40],
      ['Order Refunded', '4', 5],
    ]);
    expect(rejects(units)).toEqual([[6, 'order_not_placed']]);
  });
});

describe('rows about order lines', () => {
  it('become one call per order, its total summed exactly, zero prices kept', async () => {
    const units = await unitsOf(
      'order-lines',
      `order id|date|sku|qty|price|customer id|country
      A|2024-02-01 10:05|x|3|0.1|C1|FR
      B|2024-02-01|y|1|5||UK
      A|2024-02-01 10:00|z|1|0|C1|FR`,
    );
    expect(events(units)).toMatchObject([
      {
        event: 'Order Completed',
        userId: 'C1',
        timestamp: '2024-02-01T10:00:00.000Z',
        properties: {
          order_id: 'A',
          total: 0.3,
          country: 'FR',
          products: [
            { product_id: 'x', quantity: 3, price: 0.1 },
            { product_id: 'z', quantity: 1, price: 0 },
          ],
        },
      },
      { properties: { order_id: 'B', total: 5 } },
    ]);
  });

  it('that are all given back are a refund; mixed ones are the net of all', async () => {
    const units = await unitsOf(
      'order-lines',
      `order id|date|sku|qty|price
      C1|2024-02-01|x|-2|4
      C1|2024-02-01|y|-1|0
      M|2024-02-01|x|3|10
      M|2024-02-01|y|-1|4
      D|2024-02-01|Discount|1|-7`,
    );
    expect(events(units)).toMatchObject([
      {
        event: 'Order Refunded',
        properties: { order_id: 'C1', total: 8, products: [{ quantity: 2, price: 4 }, { quantity: 1 }] },
      },
      {
        event: 'Order Completed',
        properties: { order_id: 'M', total: 26, products: [{ quantity: 3 }, { quantity: -1 }] },
      },
      { event: 'Order Refunded', properties: { order_id: 'D', total: 7 } },
    ]);
  });

  it('keep the whole order out when one of them is wrong, so that a repaired file brings it whole', async () => {
    const units = await unitsOf(
      'order-lines',
      `order id|date|sku|qty|price
      A|2024-02-01|x|1|10
      A|2024-02-01|y|one|10
      |2024-02-01|z|1|10
      B|2024-02-01|z|1|10`,
    );
    expect(rejects(units)).toEqual([
      [2, 'order_incomplete'],
      [3, 'number_unreadable'],
      [4, 'required_missing'],
    ]);
    expect(events(units)).toHaveLength(1);
  });

  it('of which two name different customers are refused with the way out', async () => {
    const units = await unitsOf(
      'order-lines',
      'ticket|date|sku|qty|price|customer id\n1|2024-02-01|x|1|10|C1\n1|2024-02-01|y|1|10|C2',
    );
    expect(units[0]?.rejects[1]).toMatchObject({
      reason: 'order_conflict',
      detail: expect.stringContaining('map the store'),
    });
  });

  it('in numbers no order has are a wrongly mapped column', async () => {
    const lines = Array.from({ length: 5_001 }, () => 'A|2024-02-01|x|1|10').join('\n');
    const units = await unitsOf('order-lines', `order id|date|sku|qty|price\n${lines}`);
    expect(new Set(units[0]?.rejects.map(({ reason }) => reason))).toEqual(new Set(['too_many_lines']));
  });
});
