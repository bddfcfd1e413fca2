import {
  reportDefinitionSchema,
  reportKindSchema,
  type SavedReport,
  type savedReportInputSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { type Actor, recordAudit } from '../../../govern/index.ts';
import {
  type Deps,
  decodeCursor,
  encodeCursor,
  Fault,
  isJsonObject,
  type Json,
  type PgRow,
} from '../../../platform/index.ts';
import { deleteReport, findReport, insertReport, pageReports, updateReport } from '../sql/reports.pg.ts';

/** Who asks: a person, or a key. */
export interface Keeper {
  readonly workspace: number;
  readonly actor: Actor;
  /** Owners of the workspace may remove what others shared. */
  readonly manages: boolean;
}

const ownerOf = ({ actor }: Keeper): string => (actor.kind === 'key' ? `key ${actor.id}` : actor.id);
const pageSize = 100;
const positionSchema = z.tuple([z.string(), z.number().int()]);
type Input = z.output<typeof savedReportInputSchema>;

const gone = (): Fault =>
  new Fault('not_found', 'decide.no_such_report', 'There is no such report, or it is not shared with you.');
const notOwner = (): Fault =>
  new Fault('forbidden', 'decide.not_your_report', 'Only who made a report can change it. Save a copy instead.');

function toReport(row: PgRow<typeof findReport.row>, keeper: Keeper): SavedReport {
  const stored = isJsonObject(row.definition) ? row.definition : {};
  const definition = reportDefinitionSchema.safeParse({ kind: row.kind, request: stored.request });
  return {
    id: row.id,
    name: row.name,
    kind: reportKindSchema.parse(row.kind),
    shared: row.shared,
    mine: row.owner === ownerOf(keeper),
    days: typeof stored.days === 'number' ? stored.days : null,
    definition: definition.success ? definition.data : null,
    updatedAt: row.updated_at.toISOString(),
  };
}

/** Only what a request can hold, as JSON can hold it. */
const storedOf = ({ days, definition }: Input): Json =>
  JSON.parse(JSON.stringify({ days, request: definition.request }));

export async function listReports(
  { pg }: Pick<Deps, 'pg'>,
  keeper: Keeper,
  cursor: string | undefined,
): Promise<{ items: SavedReport[]; next: string | null }> {
  const [afterName, afterId] = cursor === undefined ? ['', 0] : decodeCursor(cursor, positionSchema);
  const { workspace } = keeper;
  const rows = await pg.rows(pageReports, {
    workspace,
    owner: ownerOf(keeper),
    afterName,
    afterId,
    limit: pageSize + 1,
  });
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  return {
    items: page.map((row) => toReport(row, keeper)),
    next: rows.length > pageSize && last !== undefined ? encodeCursor([last.name, last.id]) : null,
  };
}

export async function getReport({ pg }: Pick<Deps, 'pg'>, keeper: Keeper, id: number): Promise<SavedReport> {
  const row = await pg.row(findReport, { workspace: keeper.workspace, id, owner: ownerOf(keeper) });
  if (row === null) throw gone();
  return toReport(row, keeper);
}

export async function createReport(
  { pg, clock }: Pick<Deps, 'pg' | 'clock'>,
  keeper: Keeper,
  input: Input,
): Promise<SavedReport> {
  const { workspace } = keeper;
  return pg.transaction(async (tx) => {
    const row = await tx.row(insertReport, {
      workspace,
      name: input.name,
      kind: input.definition.kind,
      definition: storedOf(input),
      owner: ownerOf(keeper),
      shared: input.shared,
      at: clock.now(),
    });
    if (row === null) throw new Error('the report was not inserted');
    await audit(tx, clock, keeper, 'report.created', row.id, { kind: row.kind, shared: row.shared });
    return toReport(row, keeper);
  });
}

export async function changeReport(
  { pg, clock }: Pick<Deps, 'pg' | 'clock'>,
  keeper: Keeper,
  id: number,
  input: Input,
): Promise<SavedReport> {
  const { workspace } = keeper;
  return pg.transaction(async (tx) => {
    const row = await tx.row(updateReport, {
      workspace,
      id,
      owner: ownerOf(keeper),
      name: input.name,
      kind: input.definition.kind,
      definition: storedOf(input),
      shared: input.shared,
      at: clock.now(),
    });
    if (row === null) {
      const there = await tx.row(findReport, { workspace, id, owner: ownerOf(keeper) });
      throw there === null ? gone() : notOwner();
    }
    await audit(tx, clock, keeper, 'report.changed', id, { kind: row.kind, shared: row.shared });
    return toReport(row, keeper);
  });
}

export async function removeReport(
  { pg, clock }: Pick<Deps, 'pg' | 'clock'>,
  keeper: Keeper,
  id: number,
): Promise<void> {
  const { workspace, manages } = keeper;
  await pg.transaction(async (tx) => {
    const row = await tx.row(deleteReport, { workspace, id, owner: ownerOf(keeper), anybody: manages });
    if (row === null) {
      const there = await tx.row(findReport, { workspace, id, owner: ownerOf(keeper) });
      throw there === null ? gone() : notOwner();
    }
    await audit(tx, clock, keeper, 'report.removed', id, {});
  });
}

const audit = (
  tx: Parameters<typeof recordAudit>[0],
  clock: Deps['clock'],
  { workspace, actor }: Keeper,
  action: string,
  id: number,
  details: { readonly [name: string]: Json },
): Promise<void> =>
  recordAudit(tx, { clock }, { workspaceId: workspace, actor, action, target: `report ${id}`, details });
