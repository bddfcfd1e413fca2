import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrueOrder, TruePerson } from './export/truth.ts';
import { generateRetailer, type RetailerInput } from './generateRetailer.ts';
import type { Manifest } from './manifest.ts';
import { stores } from './market.ts';

const today = new Date('2026-11-21T18:00:00Z');
const input = { seed: 20, customers: 600, months: 12, today };
let folder = '';
let manifest: Manifest;

interface Call {
  readonly type: string;
  readonly event?: string;
  readonly messageId: string;
  readonly anonymousId?: string;
  readonly userId?: string | null;
  readonly timestamp: string;
  readonly originalTimestamp: string;
  readonly sentAt: string;
  readonly receivedAt: string;
  readonly properties?: Record<string, unknown> & { products?: { price: number; quantity: number }[] };
  readonly traits?: { email?: string };
  readonly context: { traits?: { email?: string }; consent?: { categoryPreferences: Record<string, boolean> } };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'retailer-'));
  manifest = await generateRetailer({ ...input, outDir: join(folder, 'one') });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const read = (name: string) => readFile(join(folder, 'one', name));
const lines = (text: string) => text.split('\n').filter((line) => line !== '');
const parsed = new Map<string, string[]>();
const ndjson = async <T>(name: string): Promise<T[]> => {
  let found = parsed.get(name);
  if (found === undefined) {
    const bytes = await read(name);
    found = lines((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
    parsed.set(name, found);
  }
  return found.map((line): T => JSON.parse(line));
};
const csv = async (name: string, delimiter: string, encoding = 'utf-8'): Promise<Record<string, string>[]> =>
  parse(new TextDecoder(encoding).decode(await read(name)), { columns: true, delimiter, bom: true });
const cents = (amount: number) => Math.round(amount * 100);
const comma = (text: string | undefined) => cents(Number((text ?? '').replace(',', '.')));

async function receipts(): Promise<Record<string, string>[]> {
  const all = await Promise.all(stores.map((store) => csv(`receipts-${store.code}.csv`, ';', store.encoding)));
  return all.flat();
}

async function hashes(name: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const file of await readdir(join(folder, name), { recursive: true, withFileTypes: true })) {
    if (file.isFile())
      found[file.name] = createHash('sha256')
        .update(await readFile(join(file.parentPath, file.name)))
        .digest('hex');
  }
  return found;
}

describe('generateRetailer', () => {
  it('writes the same bytes for the same input and others for another seed', async () => {
    await generateRetailer({ ...input, outDir: join(folder, 'two') });
    await generateRetailer({ ...input, seed: 21, outDir: join(folder, 'three') });
    const [one, two, three] = [await hashes('one'), await hashes('two'), await hashes('three')];
    expect(Object.keys(one).length).toBe(manifest.files.length + 1);
    expect(two).toEqual(one);
    for (const name of Object.keys(one)) expect(three[name]).not.toBe(one[name]);
  }, 60_000);

  it.each<[Partial<RetailerInput>, string]>([
    [{ customers: 1 }, 'customers'],
    [{ customers: 300_001 }, 'customers'],
    [{ months: 0 }, 'months'],
    [{ seed: 0.5 }, 'seed'],
    [{ today: new Date('no') }, 'today'],
  ])('refuses %o with a sentence', async (wrong, word) => {
    await expect(generateRetailer({ ...input, outDir: join(folder, 'never'), ...wrong })).rejects.toThrow(word);
  });
});

describe('the files of a retailer', () => {
  it('counts in the manifest what is in the files', async () => {
    const onDisk = await readFile(join(folder, 'one/manifest.json'), 'utf8');
    expect(JSON.parse(onDisk)).toEqual(manifest);
    const calls = await ndjson<Call>('web-events.ndjson.gz');
    expect(manifest.files.find((file) => file.name === 'web-events.ndjson.gz')?.rows).toBe(calls.length);
    expect(manifest.totals.eventLines).toBe(calls.length);
    expect(manifest.totals.events).toBe(new Set(calls.map((call) => call.messageId)).size);
    for (const { name, kind, rows, delimiter, encoding, mapping } of manifest.files) {
      if (!name.endsWith('.csv')) continue;
      const records = await csv(name, delimiter ?? ',', encoding);
      expect(records.length, name).toBe(rows);
      expect(kind === 'people' || kind === 'order-lines').toBe(true);
      expect(Object.keys(records[0] ?? {})).toEqual(Object.keys(mapping ?? {}));
    }
  });

  it('adds up: orders in the web log and on receipts are the true ones, to the cent', async () => {
    const truth = new Map((await ndjson<TrueOrder>('truth/orders.ndjson')).map((order) => [order.orderId, order]));
    const found = new Map<string, { total: number; refunded: number }>();
    const seen = new Set<string>();
    for (const { event, messageId, properties = {} } of await ndjson<Call>('web-events.ndjson.gz')) {
      if (seen.has(messageId)) continue;
      seen.add(messageId);
      const id = String(properties.order_id);
      if (event === 'Order Completed') {
        const goods = (properties.products ?? []).reduce((sum, line) => sum + cents(line.price) * line.quantity, 0);
        const total = cents(Number(properties.total));
        expect(total).toBe(goods - cents(Number(properties.discount)) + cents(Number(properties.shipping)));
        expect(found.has(id)).toBe(false);
        found.set(id, { total, refunded: 0 });
      } else if (event === 'Order Refunded') {
        const order = found.get(id);
        expect(order).toBeDefined();
        if (order !== undefined) order.refunded += cents(Number(properties.total));
      }
    }
    for (const row of await receipts()) {
      expect(comma(row.montant)).toBe(comma(row.prix_unitaire) * Number(row.quantite));
      const id = row.ticket_origine || row.ticket || '';
      const order = found.get(id) ?? { total: 0, refunded: 0 };
      if (row.ticket_origine === '') order.total += comma(row.montant);
      else order.refunded -= comma(row.montant);
      found.set(id, order);
      expect(truth.get(id)?.currency).toBe(row.devise);
      expect(truth.get(id)?.attributable).toBe(row.carte_fidelite !== '');
    }
    expect(found.size).toBe(truth.size);
    for (const [id, order] of found) {
      const true_ = truth.get(id);
      expect({ id, ...order }).toEqual({
        id,
        total: cents(true_?.total ?? -1),
        refunded: cents(true_?.refunded ?? -1),
      });
    }
    const sums = new Map<string, number>();
    for (const { currency, total } of truth.values()) sums.set(currency, (sums.get(currency) ?? 0) + cents(total));
    for (const [currency, sum] of Object.entries(manifest.totals.revenue))
      expect(cents(sum.total)).toBe(sums.get(currency));
  });
});

describe('the truth about people', () => {
  it('says in the truth whose every identifier in every file is', async () => {
    const people = await ndjson<TruePerson>('truth/people.ndjson');
    const owners = new Map<string, Set<string>>();
    const own = (key: string, person: string) => owners.set(key, (owners.get(key) ?? new Set()).add(person));
    for (const one of people) {
      for (const { id } of one.anonymousIds) own(id, one.person);
      for (const email of one.emails) own(email, one.person);
      for (const { id } of one.crm) own(id, one.person);
      if (one.userId !== null) own(one.userId, one.person);
      if (one.loyaltyCard !== null) own(one.loyaltyCard, one.person);
    }
    const strangers = new Set<string>();
    for (const call of await ndjson<Call>('web-events.ndjson.gz')) {
      const person = call.userId == null ? undefined : owners.get(call.userId);
      if (call.userId != null) expect(person, call.userId).toBeDefined();
      for (const email of [call.traits?.email, call.context.traits?.email])
        if (email !== undefined) expect(owners.has(email), email).toBe(true);
      if (call.anonymousId === undefined) continue;
      const device = owners.get(call.anonymousId);
      if (device === undefined) strangers.add(call.anonymousId);
      else if (person !== undefined) expect([...person].some((one) => device.has(one))).toBe(true);
    }
    expect(strangers.size).toBeGreaterThan(100);
    expect(strangers.size).toBeLessThanOrEqual(manifest.totals.strangers);
    for (const row of await receipts()) if (row.carte_fidelite) expect(owners.has(row.carte_fidelite)).toBe(true);
    for (const row of await csv('crm.csv', ',')) {
      expect(owners.has(row.ContactId ?? '')).toBe(true);
      if (row.LoyaltyCard) expect(owners.get(row.LoyaltyCard)).toEqual(owners.get(row.ContactId ?? ''));
      if (row.WebAccountId) expect(owners.get(row.WebAccountId)).toEqual(owners.get(row.ContactId ?? ''));
    }
    for (const row of await csv('newsletter.csv', ';')) expect(owners.has((row.email ?? '').toLowerCase())).toBe(true);
    expect(
      people.flatMap((one) => one.anonymousIds).some((device) => device.shared && owners.get(device.id)?.size === 2),
    ).toBe(true);
  });

  it('keeps every moment inside the span, corrected as Segment does, though some clocks are wrong', async () => {
    let wrong = 0;
    let before = 0;
    for (const call of await ndjson<Call>('web-events.ndjson.gz')) {
      const received = Date.parse(call.receivedAt);
      const happened = Date.parse(call.timestamp);
      const waited = Date.parse(call.sentAt) - Date.parse(call.originalTimestamp);
      if (call.messageId.startsWith('ajs-')) expect(received - waited).toBe(happened);
      expect(happened).toBeGreaterThanOrEqual(Date.parse(manifest.from) - 1000);
      expect(happened).toBeLessThan(today.getTime());
      if (Math.abs(Date.parse(call.sentAt) - received) > 60_000) wrong++;
      // Visits follow each other, so the log is in order but for the length of a visit and calls sent later.
      expect(received).toBeGreaterThan(before - 12 * 3_600_000);
      before = Math.max(before, received);
    }
    expect(wrong).toBeGreaterThan(100);
  });
});

describe('the formats of the files', () => {
  it('writes the old till in Windows-1252 and the others in UTF-8', async () => {
    const old = await read('receipts-lille.csv');
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(old)).toThrow();
    expect(new TextDecoder('windows-1252').decode(old)).toMatch(/[éèÉ][a-z]/);
    expect(new TextDecoder('utf-8', { fatal: true }).decode(await read('receipts-paris-marais.csv'))).toContain('Écru');
  });

  it.each(['products.xml', 'products-ch.xml', 'products-pl.xml'])('%s is a well-formed Merchant feed', async (name) => {
    const counts = new Map<string, number>();
    const parser = new SaxesParser({ xmlns: true });
    parser.on('opentag', (tag) => counts.set(tag.name, (counts.get(tag.name) ?? 0) + 1));
    parser.on('error', (error) => {
      throw error;
    });
    parser.write((await read(name)).toString('utf8')).close();
    const rows = manifest.files.find((file) => file.name === name)?.rows;
    for (const tag of ['item', 'g:id', 'g:item_group_id', 'g:price', 'g:availability', 'g:quantity'])
      expect(counts.get(tag)).toBe(rows);
  });

  it('prices the British tab-separated feed in pounds', async () => {
    const records = await csv('products.tsv', '\t');
    for (const row of records) expect(row.price).toMatch(/^\d+\.\d\d GBP$/);
    expect(new Set(records.map((row) => row.id)).size).toBe(records.length);
  });
});
