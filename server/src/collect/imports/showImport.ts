import {
  type Import,
  importKindSchema,
  importPhaseSchema,
  importSettingsSchema,
  importStateSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { decodeCursor, encodeCursor, Fault, type Pg, type PgRow } from '../../platform/index.ts';
import { findImport, listImports } from './sql/imports.pg.ts';

const countsSchema = z.record(z.string(), z.number());
const errorSchema = z.object({ code: z.string(), message: z.string() }).nullable();

function toImport(row: PgRow<typeof findImport.row>): Import {
  const state = importStateSchema.parse(row.state);
  const left = row.rows_total === null ? null : Math.max(row.rows_total - row.rows, 0);
  const going = state === 'running' && row.phase === 'importing' && row.rows_per_second > 0;
  return {
    id: row.id,
    kind: importKindSchema.parse(row.kind),
    state,
    phase: importPhaseSchema.parse(row.phase),
    fileName: row.file_name,
    fileBytes: row.file_bytes,
    source: row.source_id === null ? null : { id: row.source_id, name: row.source_name ?? '' },
    rows: row.rows,
    rowsTotal: row.rows_total,
    accepted: row.accepted,
    rejected: row.rejected,
    duplicates: row.duplicates,
    reasons: countsSchema.parse(row.reasons),
    notices: countsSchema.parse(row.notices),
    bytesRead: row.bytes_read,
    rowsPerSecond: row.rows_per_second,
    secondsLeft: going && left !== null ? Math.ceil(left / row.rows_per_second) : null,
    error: errorSchema.parse(row.error),
    resumable: (state === 'cancelled' || state === 'failed') && row.file_removed_at === null,
    settings: importSettingsSchema.parse(row.settings),
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

/** One import of the workspace; a `not_found` fault when there is none of this id. */
export async function getImport(pg: Pg, workspaceId: number, id: string): Promise<Import> {
  const row = await pg.row(findImport, { workspace: workspaceId, id });
  if (row === null) throw new Fault('not_found', 'imports.unknown', 'There is no such import.');
  return toImport(row);
}

const positionSchema = z.tuple([z.iso.datetime(), z.uuid()]);
const newest = { at: '9999-12-31T00:00:00.000Z', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/** A page of the workspace's imports, newest first. */
export async function pageImports(
  pg: Pg,
  workspaceId: number,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: Import[]; next: string | null }> {
  const [at, id] = cursor === undefined ? [newest.at, newest.id] : decodeCursor(cursor, positionSchema);
  const rows = await pg.rows(listImports, {
    workspace: workspaceId,
    before: new Date(at),
    beforeId: id,
    limit: limit + 1,
  });
  const items = rows.slice(0, limit).map(toImport);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, next: more ? encodeCursor([last.createdAt, last.id]) : null };
}
