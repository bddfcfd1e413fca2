import type { ImportKind, ImportNotice, ImportSettings } from '@vitrail/contracts';
import { importMessageId } from '../events/messageId.ts';
import { type Call, orderEvents } from '../events/orderEvent.ts';
import { orderFromLines } from '../events/orderFromLines.ts';
import { personEvent } from '../events/personEvent.ts';
import { isCall, plainEvent } from '../events/plainEvent.ts';
import { takeCall } from '../events/takeCall.ts';
import { compileMapping, type MappedRow } from '../mapping/compileMapping.ts';
import { type BadRow, type InputRow, type RowBatch, type RowSource, recordOf } from '../read/rows.ts';
import { Problem } from '../values/problem.ts';
import { zoneOf } from '../values/timeZone.ts';
import { breather } from './breathe.ts';
import { type Group, groupLines } from './groupLines.ts';
import { isBad, rejectedRow, type Unit } from './unit.ts';

/** Imports whose rows become events; products go to the catalogue, rows of partners to their own tables. */
export type EventKind = Exclude<ImportKind, 'products' | 'outside-segments' | 'id-mappings'>;

export interface UnitContext {
  readonly workspaceId: number;
  readonly kind: EventKind;
  readonly settings: ImportSettings;
  /** Instant the import was created. */
  readonly now: number;
  readonly fileBytes: number;
  /** Where rows may be kept while lines are brought together. */
  readonly folder: string;
}

export interface UnitBatch {
  readonly units: readonly Unit[];
  /** Of the file; for order lines the read-through comes before the first batch. */
  readonly bytesRead: number;
}

/** What order files of this compression usually unpack to. */
const unpackGuess = { gzip: 8, xlsx: 6, parquet: 5, plain: 1 } as const;

/** Rows → units, in an order that depends on the file and the settings alone. */
export async function* makeUnits(source: RowSource, context: UnitContext): AsyncIterable<UnitBatch> {
  const { kind, settings, now } = context;
  const noticed: ImportNotice[] = [];
  const values = { zone: zoneOf(settings.timeZone), now, notice: (notice: ImportNotice) => void noticed.push(notice) };
  const nested = settings.format !== 'csv' && settings.format !== 'xlsx' && kind !== 'events';
  const map = compileMapping(source.columns, settings, kind, nested, values);
  const breathe = breather();
  if (kind === 'order-lines') {
    yield* orderUnits(source, context, map, noticed);
    return;
  }
  for await (const { rows, bytesRead } of source.batches()) {
    const units: Unit[] = [];
    for (const [index, row] of rows.entries()) {
      if (index % 250 === 249) await breathe();
      units.push(isBad(row) ? badUnit(row) : rowUnit(row, source.columns, context, map, noticed));
    }
    yield { units, bytesRead };
  }
}

const nothing: readonly never[] = [];

/** What was noticed since the last time. */
const take = (noticed: ImportNotice[]): readonly ImportNotice[] => (noticed.length === 0 ? nothing : noticed.splice(0));

type Made = Omit<Unit, 'notices'>;

const badUnit = (row: BadRow): Unit => ({
  events: nothing,
  rejects: [rejectedRow(row.row, row.problem, row.record)],
  rows: nothing,
  notices: nothing,
});

function rowUnit(
  row: InputRow,
  columns: readonly string[],
  context: UnitContext,
  map: (row: InputRow) => MappedRow | Problem,
  noticed: ImportNotice[],
): Unit {
  const events = eventsOf(row, context, map);
  const notices = take(noticed);
  if (!(events instanceof Problem)) return { events: withIds(context, events), rejects: nothing, rows: [row], notices };
  const reject = rejectedRow(row.row, events, recordOf(columns, row.cells));
  return { events: nothing, rejects: [reject], rows: nothing, notices };
}

function eventsOf(
  row: InputRow,
  { kind, settings, now }: UnitContext,
  map: (row: InputRow) => MappedRow | Problem,
): Call[] | Problem {
  if (kind === 'events' && row.whole !== undefined && isCall(row.whole)) {
    const call = takeCall(row.whole, now);
    return call instanceof Problem ? call : [call];
  }
  const mapped = map(row);
  if (mapped instanceof Problem) return mapped;
  if (kind === 'orders') return orderEvents(mapped, settings);
  const event = kind === 'people' ? personEvent(mapped, settings.asOf) : plainEvent(mapped);
  return event instanceof Problem ? event : [event];
}

function withIds({ workspaceId, kind }: UnitContext, calls: Call[]): Call[] {
  for (const call of calls) call.messageId ??= importMessageId(workspaceId, kind, call);
  return calls;
}

async function* orderUnits(
  source: RowSource,
  context: UnitContext,
  map: (row: InputRow) => MappedRow | Problem,
  noticed: ImportNotice[],
): AsyncIterable<UnitBatch> {
  const { settings, fileBytes, folder } = context;
  const { format, gzip } = settings;
  const packing = gzip ? 'gzip' : format === 'xlsx' || format === 'parquet' ? format : 'plain';
  const keyOf = orderKey(source.columns, settings);
  let rowsTotal = 0;
  const counted = countRows(source.batches(), (rows) => {
    rowsTotal += rows;
  });
  const breathe = breather();
  let done = 0;
  for await (const groups of groupLines(counted, { folder, expectedBytes: fileBytes * unpackGuess[packing], keyOf })) {
    let units: Unit[] = [];
    for (const group of groups) {
      await breathe();
      units.push({ ...orderUnit(group, source.columns, context, map), notices: take(noticed) });
      done += group.length;
      if (units.length < 500) continue;
      yield { units, bytesRead: (fileBytes * done) / rowsTotal };
      units = [];
    }
    yield { units, bytesRead: (fileBytes * done) / Math.max(rowsTotal, 1) };
  }
}

async function* countRows(batches: AsyncIterable<RowBatch>, add: (rows: number) => void): AsyncIterable<RowBatch> {
  for await (const batch of batches) {
    add(batch.rows.length);
    yield batch;
  }
}

/** Reads only the order number of a row. A number that cannot be read leaves the row alone, to be rejected later. */
function orderKey(columns: readonly string[], { mapping }: ImportSettings): (row: InputRow) => string | null {
  const values = { zone: zoneOf('UTC'), now: 0, notice: () => {} };
  const only = (name: string): boolean => mapping[name] === 'order_id';
  const map = compileMapping(columns, { mapping, formats: {} }, 'order-lines', false, values, only);
  return (row) => {
    const mapped = map(row);
    if (mapped instanceof Problem) return null;
    const { order_id: id } = mapped.fields;
    return typeof id === 'string' ? id : null;
  };
}

/** An order goes in whole or stays out whole: one without a rejected line would be wrong. */
function orderUnit(
  group: Group,
  columns: readonly string[],
  context: UnitContext,
  map: (row: InputRow) => MappedRow | Problem,
): Made {
  const problems = new Map<number, Problem>();
  const rows: InputRow[] = [];
  const mapped: MappedRow[] = [];
  for (const row of group) {
    const read = isBad(row) ? row.problem : map(row);
    if (!isBad(row)) rows.push(row);
    if (read instanceof Problem) problems.set(row.row, read);
    else mapped.push(read);
  }
  if (problems.size === 0) {
    const made = orderFromLines(mapped, context.settings);
    if (Array.isArray(made)) return { events: withIds(context, made), rejects: nothing, rows };
    for (const [index, { row }] of rows.entries())
      if (made.line === null || made.line === index) problems.set(row, made.problem);
  }
  const incomplete = new Problem('order_incomplete', 'Another line of this order is rejected: repair that one');
  const rejects = group.map((row) =>
    rejectedRow(row.row, problems.get(row.row) ?? incomplete, isBad(row) ? row.record : recordOf(columns, row.cells)),
  );
  return { events: nothing, rejects, rows: nothing };
}
