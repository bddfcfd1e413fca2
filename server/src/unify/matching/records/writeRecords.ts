import { z } from 'zod';
import { toPayload } from '../../../collect/index.ts';
import type { Deps } from '../../../platform/index.ts';
import type { RecordFields } from './personRecord.ts';
import { readStoredRecords, removeOlderRecords } from './sql/records.ch.ts';
import { lockRecords, nextVersion } from './sql/records.pg.ts';
import type { MatchRecord, RecordSource } from './subject.ts';

type RecordDeps = Pick<Deps, 'pg' | 'ch'>;

/** A set of records in `match_records`: those in use, or those of a dry run. */
export interface RecordSet {
  readonly source: RecordSource;
  readonly trial: boolean;
}
export const nameOfSet = ({ source, trial }: RecordSet): string => (trial ? `${source.kind}:trial` : source.kind);

/** Customers read and written at once: what JavaScript does with them stays below a tenth of a second. */
const pageSize = 500;

/**
 * Writes every record of a workspace anew; those that stopped being any go. Safe to repeat. All have one version, taken
 * first: whoever changes meanwhile is noted as changed, and written again after the run.
 */
export async function rebuildRecords(
  deps: RecordDeps,
  set: RecordSet,
  workspace: number,
  options: {
    readonly more: readonly string[];
    readonly signal: AbortSignal;
    readonly progress: (done: number, total: number) => void;
  },
): Promise<number> {
  const { source } = set;
  const { pg } = deps;
  const fetchPage = async (after: number) => {
    const page = await source.page(pg, workspace, after, pageSize);
    const records = page.ids.length === 0 ? [] : await source.read(pg, workspace, page.ids, options.more);
    return { ...page, records: records.filter(({ fields }) => fields !== null) };
  };
  const total = await source.count(pg, workspace);
  const version = (await pg.row(nextVersion, {}))?.version ?? 0;
  let done = 0;
  // PostgreSQL reads one page while ClickHouse takes the one before.
  let ahead = fetchPage(0);
  for (let part = 0; ; part += 1) {
    const page = await ahead;
    options.signal.throwIfAborted();
    if (page.last !== null) {
      ahead = fetchPage(page.last);
      // Awaited in the next round; should this round fail, nobody is left to hear of it.
      ahead.catch(() => undefined);
    }
    // Those that are none any more are removed together at the end.
    await insert(deps, set, workspace, { version, records: page.records, removed: [] }, `${version}-${part}`);
    done += page.ids.length;
    options.progress(done, Math.max(total, done));
    if (page.last === null) break;
  }
  const later = (await pg.row(nextVersion, {}))?.version ?? 0;
  await deps.ch.run(removeOlderRecords, { workspace, kind: nameOfSet(set), before: version, version: later });
  return done;
}

interface Versioned {
  readonly version: number;
  /** Records that can be compared. */
  readonly records: readonly MatchRecord[];
  /** Ids that stand for nobody, or for nobody that can be compared. */
  readonly removed: readonly number[];
}

/** Writes these records as PostgreSQL has them now; ids that stand for nobody are removed. */
export async function writeRecords(
  deps: RecordDeps,
  set: RecordSet,
  workspace: number,
  ids: readonly number[],
  more: readonly string[],
): Promise<Versioned> {
  const read = await readVersioned(deps, set, workspace, ids, more);
  await insert(deps, set, workspace, read, String(read.version));
  return read;
}

/** The version is taken first and under a lock: a later state has a higher one, whoever is first to write it. */
function readVersioned(
  { pg }: RecordDeps,
  set: RecordSet,
  workspace: number,
  ids: readonly number[],
  more: readonly string[],
): Promise<Versioned> {
  return pg.transaction(async (tx) => {
    const version = (await tx.row(lockRecords, { workspace }))?.version ?? 0;
    const all = ids.length === 0 ? [] : await set.source.read(tx, workspace, ids, more);
    const records = all.filter(({ fields }) => fields !== null);
    const standing = new Set(records.map(({ id }) => id));
    return { version, records, removed: ids.filter((id) => !standing.has(id)) };
  });
}

async function insert(
  { ch }: RecordDeps,
  set: RecordSet,
  workspace: number,
  { version, records, removed }: Versioned,
  token: string,
): Promise<void> {
  const lineOf = (id: number, fields: RecordFields | null): string =>
    JSON.stringify({
      workspace_id: workspace,
      kind: nameOfSet(set),
      record_id: id,
      fields: fields ?? {},
      removed: fields === null,
      version,
    });
  const lines = [...records.map(({ id, fields }) => lineOf(id, fields)), ...removed.map((id) => lineOf(id, null))];
  if (lines.length > 0) await ch.insert('match_records', toPayload(lines), { token: `match-records-${token}` });
}

/** Which of these records differ from what was last compared, or are new. */
export async function findDifferent(
  deps: RecordDeps,
  set: RecordSet,
  workspace: number,
  records: readonly MatchRecord[],
): Promise<Set<number>> {
  const ids = records.map(({ id }) => id);
  const stored = await deps.ch.rows(readStoredRecords, { workspace, kind: nameOfSet(set), records: ids });
  const known = new Map(stored.map((row) => [row.record_id, canonical(fieldsSchema.parse(JSON.parse(row.fields)))]));
  return new Set(
    records.filter(({ id, fields }) => fields === null || known.get(id) !== canonical(fields)).map(({ id }) => id),
  );
}

const fieldsSchema = z.record(z.string(), z.string());

const canonical = (fields: RecordFields): string =>
  JSON.stringify(Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1)));
