import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { importKindSchema, importSettingsSchema } from '@vitrail/contracts';
import { z } from 'zod';
import { type Deps, Fault, type JobOutcome, type Json, type Pg, type PgRow } from '../../../platform/index.ts';
import type { IngestRecords } from '../../pipeline/index.ts';
import { claimImport, findLease, finishImport } from '../sql/imports.pg.ts';
import { diskFull, isDiskFull } from '../upload/storeUpload.ts';
import { importPath, scratchPath } from '../upload/uploadFiles.ts';
import { type ImportTask, importEvents } from './importEvents.ts';
import { type ImportPartnerRows, importPartnerRows } from './importPartnerRows.ts';
import { importProducts } from './importProducts.ts';
import { holdLease, Interrupted, type Lease, leaseSeconds, Stopped } from './lease.ts';

export type ImportDeps = Pick<Deps, 'pg' | 'clock' | 'log' | 'filesDir'> & {
  readonly ingest: IngestRecords;
  /** Who takes what data partners send. Handed in by `app/`. */
  readonly partners: ImportPartnerRows;
};

/** Starts without a single chunk in between, before an import is given up. */
const mostAttempts = 6;

const countsSchema = z.record(z.string(), z.number());

function taskOf(deps: ImportDeps, row: PgRow<typeof claimImport.row>): ImportTask<z.infer<typeof importKindSchema>> {
  const { position, rows, accepted, rejected, duplicates } = row;
  if (row.source_id === null)
    throw new Fault('invalid', 'imports.source_gone', 'The source this import belongs to was removed.');
  return {
    workspaceId: row.workspace_id,
    sourceId: row.source_id,
    kind: importKindSchema.parse(row.kind),
    settings: importSettingsSchema.parse(row.settings),
    path: importPath(deps.filesDir, row.id),
    fileBytes: row.file_bytes,
    createdAt: row.created_at,
    checked: row.rows_total !== null,
    progress: {
      position,
      rows,
      accepted,
      rejected,
      duplicates,
      reasons: countsSchema.parse(row.reasons),
      notices: countsSchema.parse(row.notices),
    },
  };
}

/**
 * Works on an import until it is done, cancelled or cannot go on. Safe to start twice and after a crash: only the holder
 * of the lease writes, and it goes on at the exact row.
 */
export async function runImport(deps: ImportDeps, id: string, signal: AbortSignal): Promise<JobOutcome> {
  const worker = randomUUID();
  const row = await claim(deps.pg, id, worker, signal);
  if (row === null) return { skipped: 'not waiting, or another worker has it' };
  const lease = holdLease(deps, id, worker, signal);
  try {
    await work(deps, row, lease);
  } catch (error) {
    if (error instanceof Stopped) return { skipped: error.message };
    if (error instanceof Interrupted) {
      await giveBack(deps, lease);
      throw error;
    }
    const failure = failureOf(error, row.attempts);
    if (failure === null) {
      await giveBack(deps, lease);
      throw error;
    }
    deps.log.warn({ import: id, code: failure.code }, 'an import failed');
    await finish(deps.pg, deps, lease, 'failed', failure, null);
    return { done: true };
  } finally {
    lease.close();
    await rm(scratchPath(deps.filesDir, id), { recursive: true, force: true });
  }
  await rm(importPath(deps.filesDir, id), { force: true });
  return { done: true };
}

/** Lets another try begin at once. While PostgreSQL is away the lease simply runs out. */
async function giveBack({ log }: ImportDeps, lease: Lease): Promise<void> {
  await lease.release().catch((error: unknown) => log.warn({ err: error }, 'a lease runs out by itself'));
}

/** Takes the import. One whose last worker died is waited for: its lease runs out within seconds. */
async function claim(pg: Pg, id: string, worker: string, signal: AbortSignal) {
  for (let tries = 0; tries < leaseSeconds + 3; tries++) {
    const row = await pg.row(claimImport, { id, worker, leaseSeconds });
    if (row !== null) return row;
    const left = await pg.row(findLease, { id });
    if (left === null || !['queued', 'running'].includes(left.state) || signal.aborted) return null;
    await pause(1_000, undefined, { signal }).catch(() => {}); // an aborted wait is seen above
  }
  return null;
}

async function work(deps: ImportDeps, row: PgRow<typeof claimImport.row>, lease: Lease): Promise<void> {
  const task = taskOf(deps, row);
  await lease.phase(task.checked ? 'importing' : 'checking', null, row.bytes_read);
  const end = (tx: Pg) => finish(tx, deps, lease, 'done', null, row.file_bytes);
  const { kind } = task;
  if (kind === 'products') {
    await importProducts(deps, { ...task, kind }, lease, end);
    return;
  }
  if (kind === 'outside-segments' || kind === 'id-mappings') await importPartnerRows(deps, { ...task, kind }, lease);
  else await importEvents(deps, { ...task, kind }, lease);
  await end(deps.pg);
}

async function finish(
  tx: Pg,
  deps: Pick<Deps, 'clock'>,
  lease: Lease,
  state: 'done' | 'failed',
  failure: Failure | null,
  bytesRead: number | null,
): Promise<void> {
  const error: Json = failure === null ? null : { ...failure };
  const at = deps.clock.now();
  const written = await tx.run(finishImport, { id: lease.id, worker: lease.worker, state, error, bytesRead, at });
  if (written === 0) throw new Stopped('the import is no longer ours');
}

interface Failure {
  readonly code: string;
  readonly message: string;
}

/** What ends an import for good, in words for its owner; null when trying again later may help. */
function failureOf(error: unknown, attempts: number): Failure | null {
  const fault = isDiskFull(error) ? diskFull(error) : error;
  if (fault instanceof Fault && (fault.kind !== 'unavailable' || fault.code === 'imports.disk_full'))
    return { code: fault.code, message: fault.message };
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    return { code: 'imports.file_gone', message: 'The uploaded file is not here any more: send it again.' };
  // An engine that is away comes back; only what fails for no stated reason is given up.
  if (fault instanceof Fault || attempts < mostAttempts) return null;
  return {
    code: 'imports.gave_up',
    message: `The import could not go on after ${attempts} tries. The rows counted as accepted are in; resume it once the cause is repaired (see the server's log).`,
  };
}
