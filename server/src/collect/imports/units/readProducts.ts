import type { ImportSettings } from '@vitrail/contracts';
import { isJsonObject, type Json, type JsonObject } from '../../../platform/index.ts';
import { type FeedRecord, type FeedValue, type Product, readProductFeed, toProduct } from '../../catalog/index.ts';
import { compileMapping, type MappedRow } from '../mapping/compileMapping.ts';
import { type BadRow, type InputRow, type RowSource, recordOf } from '../read/rows.ts';
import { Problem } from '../values/problem.ts';
import { zoneOf } from '../values/timeZone.ts';
import { breather } from './breathe.ts';
import { isBad, type Reject, rejectedRow } from './unit.ts';

/** One row of a product file: the product, or why it is none. */
export interface ProductUnit {
  readonly product: Product | null;
  /** Id of a product that could not be read: it is in the feed all the same, so it is not taken for gone. */
  readonly refusedId: string | null;
  readonly rejects: readonly Reject[];
}

interface Batch {
  readonly units: readonly ProductUnit[];
  readonly bytesRead: number;
}

const batchRows = 500;

/** A Google Merchant feed in XML, read by the catalogue itself. */
export async function* readFeedUnits(path: string, settings: ImportSettings, at: Date): AsyncIterable<Batch> {
  let units: ProductUnit[] = [];
  const breathe = breather();
  let read = 0;
  for await (const { row, bytesRead, record, reading } of readProductFeed(path, { currency: settings.currency, at })) {
    read = bytesRead;
    if (reading.ok) units.push({ product: reading.product, refusedId: null, rejects: [] });
    else {
      const reject: Reject = { row, reason: reading.reason, detail: reading.detail, record: jsonRecord(record) };
      units.push({ product: null, refusedId: idOf(record), rejects: [reject] });
    }
    if (units.length < batchRows) continue;
    yield { units, bytesRead };
    units = [];
    await breathe();
  }
  if (units.length > 0) yield { units, bytesRead: read };
}

/** Rows of a table or of JSON, with their columns mapped. */
export async function* readProducts(source: RowSource, settings: ImportSettings, at: Date): AsyncIterable<Batch> {
  const values = { zone: zoneOf(settings.timeZone), now: at.getTime(), notice: () => {} };
  const map = compileMapping(source.columns, settings, 'products', false, values);
  const isId = (column: string) => settings.mapping[column] === 'product_id';
  const mapId = compileMapping(source.columns, settings, 'products', false, values, isId);
  /** The product a row is about, whatever else is wrong with it. */
  const refusedIdOf = (row: InputRow | BadRow): string | null => {
    const cells = isBad(row) ? source.columns.map((column) => row.record[column]) : row.cells;
    const mapped = mapId({ row: row.row, cells });
    return mapped instanceof Problem ? null : idOf(feedRecord(mapped, undefined));
  };
  const breathe = breather();
  for await (const { rows, bytesRead } of source.batches()) {
    const units: ProductUnit[] = [];
    for (const row of rows) {
      await breathe();
      if (isBad(row)) {
        const reject = rejectedRow(row.row, row.problem, row.record);
        units.push({ product: null, refusedId: refusedIdOf(row), rejects: [reject] });
        continue;
      }
      const mapped = map(row);
      const record = recordOf(source.columns, row.cells);
      if (mapped instanceof Problem) {
        units.push({ product: null, refusedId: refusedIdOf(row), rejects: [rejectedRow(row.row, mapped, record)] });
        continue;
      }
      const feed = feedRecord(mapped, settings.site);
      const reading = toProduct(feed, { currency: settings.currency, at });
      if (reading.ok) units.push({ product: reading.product, refusedId: null, rejects: [] });
      else {
        const reject: Reject = { row: row.row, reason: reading.reason, detail: reading.detail, record };
        units.push({ product: null, refusedId: idOf(feed), rejects: [reject] });
      }
    }
    yield { units, bytesRead };
  }
}

/** The catalogue's own names for our fields. */
function feedRecord({ fields, extras }: MappedRow, site: string | undefined): FeedRecord {
  const record: Record<string, FeedValue> = {};
  for (const [name, value] of [...Object.entries(extras), ...Object.entries(fields)]) {
    const text = feedValue(value);
    if (text !== null) record[name] = text;
  }
  if (site !== undefined && record.site === undefined) record.site = site;
  return record;
}

function feedValue(value: Json | undefined): FeedValue | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.map(feedValue).filter((item) => item !== null);
  if (isJsonObject(value))
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, inner]) => {
        const text = feedValue(inner);
        return text === null ? [] : [[name, text]];
      }),
    );
  return String(value);
}

function jsonRecord(record: FeedRecord): JsonObject {
  return JSON.parse(JSON.stringify(record));
}

const idOf = (record: FeedRecord): string | null => {
  const id = record.product_id ?? record.id ?? record['g:id'];
  return typeof id === 'string' && id !== '' ? id : null;
};
