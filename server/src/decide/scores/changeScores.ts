import { type Score, type scoreInputSchema, scoreLimits } from '@vitrail/contracts';
import type { z } from 'zod';
import { type Actor, recordAudit } from '../../govern/index.ts';
import { type Deps, Fault, type Json, type Pg } from '../../platform/index.ts';
import { markReferences } from '../references/changeReferences.ts';
import { listUsers } from '../references/sql/users.pg.ts';
import { applySegmentsNow } from '../segments/jobs.ts';
import { raiseGeneration } from '../segments/sql/segments.pg.ts';
import { getScore, noScore } from './readScores.ts';
import { deleteScore, insertScore, listScores, updateScore } from './sql/scores.pg.ts';

type ScoreDeps = Pick<Deps, 'pg' | 'clock' | 'jobs'>;
type Input = z.output<typeof scoreInputSchema>;
interface By {
  readonly workspace: number;
  readonly actor: Actor;
}

/** Definitions are JSON by their schema; this says so to the query. */
const jsonOf = (definition: Input['definition']): Json => JSON.parse(JSON.stringify(definition));

async function refuseTaken(tx: Pg, workspace: number, name: string, own: number | null): Promise<number> {
  const all = await tx.rows(listScores, { workspace });
  if (all.some((row) => row.id !== own && row.name.toLowerCase() === name.toLowerCase()))
    throw new Fault('conflict', 'decide.score_name_taken', 'Another score has this name. Choose another one.');
  return all.length;
}

const audit = (tx: Pg, deps: ScoreDeps, { workspace, actor }: By, action: string, id: number): Promise<void> =>
  recordAudit(tx, deps, { workspaceId: workspace, actor, action, target: `score ${id}` });

export async function createScore(deps: ScoreDeps, by: By, { name, description, definition }: Input): Promise<Score> {
  const { workspace } = by;
  const id = await deps.pg.transaction(async (tx) => {
    const count = await refuseTaken(tx, workspace, name, null);
    if (count >= scoreLimits.scores)
      throw new Fault('conflict', 'decide.too_many_scores', `A workspace has ${scoreLimits.scores} scores at most.`);
    const values = { workspace, name, description, definition: jsonOf(definition), at: deps.clock.now() };
    const row = await tx.row(insertScore, values);
    if (row === null) throw new Error('the score was not inserted');
    // Segments are compiled with the scores there are.
    await tx.run(raiseGeneration, { workspace });
    await audit(tx, deps, by, 'score.created', row.id);
    return row.id;
  });
  return getScore(deps, workspace, id);
}

/** A new version; segments that ask for the score follow. */
export async function changeScore(deps: ScoreDeps, by: By, id: number, input: Input): Promise<Score> {
  const { workspace } = by;
  const { name, description, definition } = input;
  await deps.pg.transaction(async (tx) => {
    await refuseTaken(tx, workspace, name, id);
    const values = { workspace, id, name, description, definition: jsonOf(definition), at: deps.clock.now() };
    if ((await tx.row(updateScore, values)) === null) throw noScore();
    await markReferences(tx, workspace, { kind: 'score', id: String(id) });
    await audit(tx, deps, by, 'score.changed', id);
  });
  await applySegmentsNow(deps);
  return getScore(deps, workspace, id);
}

export async function removeScore(deps: ScoreDeps, by: By, id: number): Promise<void> {
  const { workspace } = by;
  await deps.pg.transaction(async (tx) => {
    const users = await tx.rows(listUsers, { workspace, kinds: ['score'], id: String(id) });
    if (users.length > 0)
      throw new Fault(
        'conflict',
        'decide.score_in_use',
        `Segments ask for this score: ${users.map(({ name }) => name).join(', ')}. Change or archive them first.`,
        { details: { usedBy: users.map((user) => ({ id: String(user.id), name: user.name })) } },
      );
    if ((await tx.run(deleteScore, { workspace, id })) === 0) throw noScore();
    await tx.run(raiseGeneration, { workspace });
    await audit(tx, deps, by, 'score.removed', id);
  });
}
