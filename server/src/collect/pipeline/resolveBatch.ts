import { setImmediate as breathe } from 'node:timers/promises';
import type { Clock, Pg } from '../../platform/index.ts';
import type { TrackingPlan } from '../plan/loadPlan.ts';
import { recordViolations } from '../plan/recordViolations.ts';
import { encodeProfileId } from '../profileId.ts';
import { Counts } from './counts.ts';
import { Payload, toPayload } from './payload.ts';
import { readEvent } from './readEvent.ts';
import type { CollectedEvent, Drop, RecordOutcome, SourcedRecord } from './record.ts';
import type { Resolver, Shipment } from './resolver.ts';
import {
  createBatch,
  createShipment,
  noteProfiles,
  releaseMessageIds,
  takeMessageIds,
  touchSources,
} from './sql/batches.pg.ts';
import type { WorkspaceContext } from './workspaceContext.ts';
import { writeDropRow } from './writeDropRow.ts';
import { writeEventRow } from './writeEventRow.ts';

/** What the live view shows of an event. */
export interface LiveEvent {
  readonly at: string;
  readonly type: string;
  readonly event: string;
  readonly sourceId: number;
  readonly profileId: string | null;
  readonly messageId: string;
}

export interface ResolvedBatch {
  readonly id: number;
  readonly workspaceId: number;
  readonly events: number;
  readonly shipments: readonly Shipment[];
  /** One per record, in order. */
  readonly outcomes: readonly RecordOutcome[];
  readonly live: readonly LiveEvent[];
  /** Profile rows that did something. */
  readonly touched: readonly number[];
  /** Profile rows of which something is known now that was not; see `Resolution`. */
  readonly changed: readonly number[];
}

const rememberDays = 8;
/** Long loops give the event loop a turn this often, so that the collection door keeps answering. */
const slice = 200;
const usualRowBytes = 1_500;
/** How many events of a batch the live view may show. */
const liveEvents = 20;

const isDrop = (value: CollectedEvent | number | Drop): value is Drop => typeof value === 'object' && 'reason' in value;
const duplicate: Drop = { reason: 'duplicate', detail: '' };

/**
 * The resolve stage: read → plan → repeats → identities → rows, in one transaction that the caller opened and holds the
 * workspace's lock in. On commit the records are in profiles and the exact ClickHouse rows are stored; on rollback
 * nothing happened. It may be repeated until it commits.
 */
export async function resolveBatch(
  deps: { clock: Clock; resolve: Resolver; plan: TrackingPlan },
  tx: Pg,
  workspace: WorkspaceContext,
  records: readonly SourcedRecord[],
): Promise<ResolvedBatch> {
  const id = await openBatch(tx, workspace.id, records.length);
  const now = deps.clock.now();
  const counts = new Counts(now);

  const read = await readRecords(deps.plan, records, counts);
  await recordViolations(tx, workspace.id, read.violations);
  await dropRepeats(tx, workspace.id, records, read.results, now);

  const kept: CollectedEvent[] = [];
  const positions: number[] = [];
  for (const [position, result] of read.results.entries()) {
    if (isDrop(result)) continue;
    kept.push(result);
    positions.push(position);
  }
  const resolution = await deps.resolve(tx, { id, workspace, events: kept });

  for (const { sourceId, problem } of resolution.problems) counts.add(sourceId, 'bad_value', problem);

  const outcomes: (Drop | null)[] = read.results.map((result) => (isDrop(result) ? result : null));
  const rows = new Payload(kept.length * usualRowBytes);
  const newest: { event: CollectedEvent; owner: number }[] = [];
  const released: string[] = [];
  const touched = new Set<number>();
  for (const [index, event] of kept.entries()) {
    if (index % slice === slice - 1) await breathe();
    const owner = resolution.owners[index] ?? 0;
    if (isDrop(owner)) {
      outcomes[positions[index] ?? 0] = owner;
      released.push(event.messageId);
      continue;
    }
    rows.add(writeEventRow(event, owner, id, workspace));
    counts.add(event.sourceId, 'accepted');
    newest.push({ event, owner });
    if (owner > 0) touched.add(owner);
    if (newest.length > liveEvents) newest.shift();
  }
  if (released.length > 0) await tx.run(releaseMessageIds, { workspace: workspace.id, ids: released });

  const shipments = [
    rows.toShipment('events'),
    writeDrops(records, outcomes, id, workspace.id, now, counts),
    ...resolution.shipments,
  ].filter((shipment) => shipment.rows > 0);
  await storeShipments(tx, id, shipments);
  const profiles = { touched: [...touched], changed: resolution.changed };
  await tx.run(noteProfiles, { batch: id, ...profiles });
  await counts.write(tx, workspace.id);
  const sources = [...new Set(kept.map((event) => event.sourceId))];
  if (sources.length > 0) await tx.run(touchSources, { workspace: workspace.id, sources, at: now });
  return {
    id,
    workspaceId: workspace.id,
    events: records.length,
    shipments,
    outcomes: outcomes.map(outcomeOf),
    live: newest.map(showLive),
    ...profiles,
  };
}

const showLive = ({ event, owner }: { event: CollectedEvent; owner: number }): LiveEvent => ({
  at: event.timestamp.toISOString(),
  type: event.type,
  event: event.event.slice(0, 80),
  sourceId: event.sourceId,
  profileId: owner === 0 ? null : encodeProfileId(owner),
  messageId: event.messageId.slice(0, 80),
});

/** A new batch; its id also orders versions of rows in ClickHouse. */
export async function openBatch(tx: Pg, workspace: number, events: number): Promise<number> {
  const batch = await tx.row(createBatch, { workspace, events });
  if (batch === null) throw new Error('insert … returning gave no row');
  return batch.id;
}

/** Fixes the exact bytes to insert, so that a repeat inserts the same. */
export async function storeShipments(tx: Pg, batch: number, shipments: readonly Shipment[]): Promise<void> {
  // One statement each: a lone bytea travels as it is, an array of them as hexadecimal text of twice the size.
  for (const { table, rows, payload } of shipments) await tx.run(createShipment, { batch, table, rows, payload });
}

function outcomeOf(drop: Drop | null): RecordOutcome {
  if (drop === null) return { kind: 'accepted' };
  return drop.reason === 'duplicate' ? { kind: 'duplicate' } : { kind: 'dropped', ...drop };
}

/** Reads every record and asks the tracking plan. */
async function readRecords(plan: TrackingPlan, records: readonly SourcedRecord[], counts: Counts) {
  const results: (CollectedEvent | Drop)[] = [];
  const violations: { event: string; rule: string; messageId: string }[] = [];
  for (const [index, record] of records.entries()) {
    if (index % slice === slice - 1) await breathe();
    const event = readEvent(record, record.sourceId);
    if (isDrop(event) || event.type !== 'track') {
      results.push(event);
      continue;
    }
    const verdict = plan.check(event.event, event.properties);
    if (verdict.ok) {
      results.push(event);
      continue;
    }
    counts.add(record.sourceId, 'violation');
    for (const { rule } of verdict.violations)
      violations.push({ event: event.event, rule, messageId: event.messageId });
    const rules = verdict.violations.map(({ rule }) => rule).join(', ');
    results.push(verdict.block ? { reason: 'plan', detail: rules } : event);
  }
  return { results, violations };
}

/** Replaces events whose message id was seen before, here or in an earlier batch, by a drop. */
async function dropRepeats(
  tx: Pg,
  workspace: number,
  records: readonly SourcedRecord[],
  results: (CollectedEvent | Drop)[],
  now: Date,
): Promise<void> {
  /** Position of each message id's first record. */
  const firsts = new Map<string, number>();
  for (const [position, result] of results.entries()) {
    if (isDrop(result)) continue;
    if (firsts.has(result.messageId)) results[position] = duplicate;
    else firsts.set(result.messageId, position);
  }
  if (firsts.size === 0) return;
  const positions = [...firsts.values()];
  const repeats = await tx.rows(takeMessageIds, {
    workspace,
    ids: [...firsts.keys()],
    kept: positions.map((position) => records[position]?.keep === true),
    expires: new Date(now.getTime() + rememberDays * 86_400_000).toISOString().slice(0, 10),
  });
  for (const { number } of repeats) {
    const position = positions[number - 1];
    if (position !== undefined) results[position] = duplicate;
  }
}

/** Rows for `drops`: the whole record with its reason. Repeats are only counted; of erased people nothing is written. */
function writeDrops(
  records: readonly SourcedRecord[],
  outcomes: readonly (Drop | null)[],
  batchId: number,
  workspaceId: number,
  at: Date,
  counts: Counts,
): Shipment {
  const rows: string[] = [];
  for (const [position, drop] of outcomes.entries()) {
    const record = records[position];
    if (drop === null || record === undefined) continue;
    counts.add(record.sourceId, 'dropped', drop.reason);
    if (drop.reason === 'duplicate' || drop.reason === 'erased') continue;
    rows.push(writeDropRow({ workspaceId, batchId, position, at, ...drop, record }));
  }
  return { table: 'drops', rows: rows.length, payload: toPayload(rows) };
}
