import type { MatchKind, ModelDetail } from '@vitrail/contracts';
import { matchModelSchema } from '@vitrail/contracts';
import { Fault, type Pg, type PgRow } from '../../../platform/index.ts';
import { loadPolicy } from './policy.ts';
import { listModels, readModel } from './sql/models.pg.ts';

type Summary = Omit<ModelDetail, 'model'>;

const present = (kind: MatchKind, active: number | null, row: PgRow<typeof listModels.row>): Summary => ({
  version: row.version,
  kind,
  state: row.version === active ? 'active' : row.activated_at === null ? 'draft' : 'retired',
  createdAt: row.created_at.toISOString(),
  createdBy: row.created_by,
  activatedAt: row.activated_at?.toISOString() ?? null,
  activatedBy: row.activated_by,
  thresholds:
    row.auto_threshold === null || row.review_threshold === null
      ? null
      : { auto: row.auto_threshold, review: row.review_threshold },
});

/** Versions of the model, newest first. */
export async function listMatchModels(pg: Pg, workspace: number, kind: MatchKind): Promise<Summary[]> {
  const { model } = await loadPolicy(pg, workspace, kind);
  return (await pg.rows(listModels, { workspace, kind })).map((row) => present(kind, model, row));
}

/** One version with its parameters. Throws `not_found`. */
export async function readMatchModel(
  pg: Pg,
  workspace: number,
  kind: MatchKind,
  version: number,
): Promise<ModelDetail> {
  const row = await pg.row(readModel, { workspace, kind, version });
  if (row === null)
    throw new Fault('not_found', 'unify.model_not_found', 'There is no such version of the model in this workspace.');
  const { model } = await loadPolicy(pg, workspace, kind);
  return { ...present(kind, model, row), model: matchModelSchema.parse(row.model) };
}
