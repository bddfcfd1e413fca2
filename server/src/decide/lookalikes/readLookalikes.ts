import { type Lookalike, lookalikeReasons, lookalikeSchema, lookalikeStates } from '@vitrail/contracts';
import { z } from 'zod';
import { type Deps, Fault } from '../../platform/index.ts';
import { findLookalike, listLookalikes } from './sql/lookalikes.pg.ts';

type ReadDeps = Pick<Deps, 'pg'>;

const resultSchema = lookalikeSchema.pick({ quality: true, features: true });
const stateSchema = z.enum(lookalikeStates);
const reasonSchema = z.enum(lookalikeReasons).nullable();

export const noLookalike = (): Fault =>
  new Fault('not_found', 'decide.lookalike_not_found', 'There is no such lookalike audience in this workspace.');

export const lookalikeIdOf = (text: string): number => {
  const id = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (id < 1) throw noLookalike();
  return id;
};

type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>;
const rowOf = (deps: ReadDeps, workspace: number, id: number) => deps.pg.row(findLookalike, { workspace, id });

function describe(row: Row): Lookalike {
  const result = row.result === null ? { quality: null, features: [] } : resultSchema.parse(row.result);
  return {
    id: String(row.id),
    name: row.name,
    segment: { id: String(row.segment_id), name: row.segment_name },
    reach: row.reach,
    state: stateSchema.parse(row.state),
    reason: reasonSchema.parse(row.reason),
    at: row.at?.toISOString() ?? null,
    seeds: row.seeds,
    candidates: row.candidates,
    people: row.run_id === null ? 0 : Math.floor(row.candidates * row.reach),
    ...result,
  };
}

/** Throws `not_found`. */
export async function getLookalike(deps: ReadDeps, workspace: number, id: number): Promise<Lookalike> {
  const row = await rowOf(deps, workspace, id);
  if (row === null) throw noLookalike();
  return describe(row);
}

const pageSize = 50;

/** Newest first. */
export async function pageLookalikes(
  deps: ReadDeps,
  workspace: number,
  cursor: string | undefined,
): Promise<{ items: Lookalike[]; next: string | null }> {
  const before = cursor === undefined ? 2_147_483_647 : lookalikeIdOf(cursor);
  const rows = await deps.pg.rows(listLookalikes, { workspace, before, limit: pageSize + 1 });
  const last = rows.length > pageSize ? rows[pageSize - 1] : undefined;
  return { items: rows.slice(0, pageSize).map(describe), next: last === undefined ? null : String(last.id) };
}
