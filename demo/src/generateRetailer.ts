import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildCatalogue, type Catalogue } from './catalogue/catalogue.ts';
import { crmHeader, crmMapping, crmRecordsOf } from './export/crm.ts';
import { writeTsvFeed, writeXmlFeed } from './export/feed.ts';
import { newsletterHeader, newsletterLine, newsletterMapping } from './export/newsletter.ts';
import { receiptHeader, receiptMapping, writeReceipt } from './export/receipts.ts';
import { supportLines } from './export/support.ts';
import { TextFile } from './export/textFile.ts';
import { trueOrders, truePerson } from './export/truth.ts';
import { Calendar } from './life/calendar.ts';
import { type Plan, planRetailer } from './life/planRetailer.ts';
import type { GeneratedFile, Manifest } from './manifest.ts';
import { brandName, siteByCode, stores } from './market.ts';
import { buildPopulation, type Population } from './people/population.ts';
import { Tally } from './tally.ts';
import { writeWebEvents } from './web/writeWebEvents.ts';

export interface RetailerInput {
  readonly seed: number;
  /** 2 to 300,000 people known to some system; strangers come on top. */
  readonly customers: number;
  /** Made when missing; files in it are overwritten. */
  readonly outDir: string;
  /** The present: the last event happens shortly before. */
  readonly today: Date;
  /** Length of the history, 1 to 36 months. */
  readonly months: number;
  /** Where the storefront serves pictures of the catalogue; the invented sites themselves unless told. */
  readonly pictures?: string | undefined;
  /** Told now and then what is being written and how far it is, 0 to 1. */
  readonly onProgress?: (what: string, share: number) => void;
}

/**
 * Writes what the systems of a fictional retailer would export: see `Manifest`. The same input gives the same bytes.
 * Memory grows by some 40 bytes a visit, not with the files.
 */
export async function generateRetailer(input: RetailerInput): Promise<Manifest> {
  const { seed, customers, outDir, months } = check(input);
  const today = Math.floor(input.today.getTime() / 1000) * 1000;
  const calendar = new Calendar(
    Math.floor(today / 86_400_000) * 86_400_000 - Math.round(months * 30.4375) * 86_400_000,
    today,
  );
  await mkdir(join(outDir, 'truth'), { recursive: true });
  const catalogue = buildCatalogue();
  input.onProgress?.('people', 0);
  const population = buildPopulation(seed, customers);
  const tally = new Tally();
  const files: GeneratedFile[] = [];
  const plan = await writePeople({ input, population, catalogue, calendar, tally, files });
  await writeTills(input, population, catalogue, plan, files);
  await writeFeeds(input, catalogue, today, files);
  await writeWeb(input, population, catalogue, plan, tally, files);
  const manifest: Manifest = {
    brand: brandName,
    seed,
    customers,
    months,
    from: new Date(calendar.start).toISOString(),
    today: new Date(today).toISOString(),
    files: files.sort((a, b) => (a.name < b.name ? -1 : 1)),
    totals: tally.totals(customers, plan),
  };
  await writeFile(join(outDir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

function check(input: RetailerInput): RetailerInput {
  const { seed, customers, months } = input;
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed must be a whole number, not ${seed}.`);
  if (!Number.isInteger(customers) || customers < 2 || customers > 300_000) {
    throw new RangeError(`customers must be a whole number from 2 to 300000, not ${customers}.`);
  }
  if (!(months >= 1 && months <= 36)) throw new RangeError(`months must be from 1 to 36, not ${months}.`);
  if (Number.isNaN(input.today.getTime())) throw new RangeError('today is not a date.');
  return input;
}

const plain = {
  source: null,
  format: 'ndjson',
  encoding: 'utf-8',
  gzip: false,
  delimiter: null,
  mapping: null,
  timeZone: null,
  site: null,
  currency: null,
} as const;

interface PeopleInput {
  readonly input: RetailerInput;
  readonly population: Population;
  readonly catalogue: Catalogue;
  readonly calendar: Calendar;
  readonly tally: Tally;
  readonly files: GeneratedFile[];
}

/** Lives everybody's life, and writes the files that list people. */
async function writePeople({ input, population, catalogue, calendar, tally, files }: PeopleInput): Promise<Plan> {
  const { seed, outDir, customers } = input;
  const crm = new TextFile(join(outDir, 'crm.csv'));
  const newsletter = new TextFile(join(outDir, 'newsletter.csv'));
  const support = new TextFile(join(outDir, 'support-tickets.ndjson'));
  const people = new TextFile(join(outDir, 'truth/people.ndjson'));
  const orders = new TextFile(join(outDir, 'truth/orders.ndjson'));
  await crm.add(`\ufeff${crmHeader}`, 0);
  await newsletter.add(newsletterHeader, 0);
  const lives = planRetailer(population, catalogue, calendar);
  for (;;) {
    const next = lives.next();
    if (next.done === true) {
      for (const file of [crm, newsletter, support, people, orders]) await file.close();
      files.push(
        {
          ...plain,
          name: 'crm.csv',
          kind: 'people',
          rows: crm.rows,
          source: { name: 'CRM', family: 'crm' },
          format: 'csv',
          delimiter: ',',
          mapping: crmMapping,
        },
        {
          ...plain,
          name: 'newsletter.csv',
          kind: 'people',
          rows: newsletter.rows,
          source: { name: 'Newsletter', family: 'messages' },
          format: 'csv',
          delimiter: ';',
          mapping: newsletterMapping,
          timeZone: 'Europe/Paris',
        },
        {
          ...plain,
          name: 'support-tickets.ndjson',
          kind: 'events',
          rows: support.rows,
          source: { name: 'Help desk', family: 'support' },
        },
        { ...plain, name: 'truth/people.ndjson', kind: 'truth', rows: people.rows },
        { ...plain, name: 'truth/orders.ndjson', kind: 'truth', rows: orders.rows },
      );
      return next.value;
    }
    const { life, orders: placed } = next.value;
    const { index, partner } = life.person;
    if (index % 1000 === 0) input.onProgress?.('people', index / customers);
    const other = partner === null || partner >= customers ? null : population.person(partner);
    const records = crmRecordsOf(seed, life, other, calendar.end);
    const subscription = newsletterLine(seed, life, calendar.end);
    const made = trueOrders(seed, life, placed, calendar.end);
    tally.countOrders(made);
    for (const record of records) await crm.add(record.line);
    if (subscription !== null) await newsletter.add(subscription.line);
    const tickets = supportLines(seed, life, placed, calendar.end);
    await support.add(tickets.join(''), tickets.length);
    await orders.add(made.map((order) => `${JSON.stringify(order)}\n`).join(''), made.length);
    await people.add(`${JSON.stringify(truePerson(seed, life, made, records, subscription?.email ?? null))}\n`);
  }
}

async function writeTills(
  input: RetailerInput,
  population: Population,
  catalogue: Catalogue,
  plan: Plan,
  files: GeneratedFile[],
): Promise<void> {
  for (const [place, store] of stores.entries()) {
    input.onProgress?.('receipts', place / stores.length);
    const name = `receipts-${store.code}.csv`;
    const file = new TextFile(join(input.outDir, name), { encoding: store.encoding });
    await file.add(receiptHeader, 0);
    for (const one of plan.tills[place]?.inOrder() ?? []) {
      for (const line of writeReceipt(population, catalogue, store, one)) await file.add(line);
    }
    await file.close();
    const { timeZone, currency } = siteByCode(store.site);
    files.push({
      ...plain,
      name,
      kind: 'order-lines',
      rows: file.rows,
      source: { name: `Store ${store.name}`, family: 'store' },
      format: 'csv',
      encoding: store.encoding,
      delimiter: ';',
      mapping: receiptMapping,
      timeZone,
      site: store.site,
      currency,
    });
  }
}

/** The main site's feed as XML, Britain's as tab-separated text, and one more per further currency. */
async function writeFeeds(
  input: RetailerInput,
  catalogue: Catalogue,
  today: number,
  files: GeneratedFile[],
): Promise<void> {
  const feeds = [
    ['products.xml', 'fr', 'xml'],
    ['products.tsv', 'uk', 'tsv'],
    ['products-ch.xml', 'ch', 'xml'],
    ['products-pl.xml', 'pl', 'xml'],
  ] as const;
  for (const [name, code, format] of feeds) {
    const site = siteByCode(code);
    const file = new TextFile(join(input.outDir, name));
    const write = format === 'xml' ? writeXmlFeed : writeTsvFeed;
    for (const { text, rows } of write({ catalogue, seed: input.seed, site, today, pictures: input.pictures }))
      await file.add(text, rows);
    await file.close();
    files.push({
      ...plain,
      name,
      kind: 'products',
      rows: file.rows,
      source: { name: `Catalogue ${site.countryName}`, family: 'web' },
      format,
      delimiter: format === 'tsv' ? '\t' : null,
      site: site.code,
      currency: site.currency,
    });
  }
}

async function writeWeb(
  input: RetailerInput,
  population: Population,
  catalogue: Catalogue,
  plan: Plan,
  tally: Tally,
  files: GeneratedFile[],
): Promise<void> {
  const name = 'web-events.ndjson.gz';
  const file = new TextFile(join(input.outDir, name), { gzip: true, encoding: 'ascii' });
  let visits = 0;
  for (const lines of writeWebEvents({ population, catalogue, web: plan.web })) {
    if (visits % 5000 === 0) input.onProgress?.('web events', visits / plan.web.size);
    visits++;
    tally.countLines(lines);
    for (const line of lines) {
      const waiting = file.add(line);
      if (waiting !== undefined) await waiting;
    }
  }
  await file.close();
  files.push({
    ...plain,
    name,
    kind: 'events',
    rows: file.rows,
    source: { name: 'Web shop', family: 'web' },
    gzip: true,
  });
}
