import { type ScoreDefinition, scoreDefinitionSchema } from '@vitrail/contracts';
import { Fault, type Pg } from '../../platform/index.ts';
import { compileForeseenCondition, type ForeseenRuns } from '../foreseen/foreseenCondition.ts';
import { listLookalikeRuns, readForeseenRuns } from '../foreseen/sql/foreseen.pg.ts';
import { compileOutsideCondition } from '../outside/outsideCondition.ts';
import { listProviders } from '../outside/sql/providers.pg.ts';
import { readEdges, readSettings } from '../rfm/edges.ts';
import { compilePersonaCondition } from '../rfm/personaCondition.ts';
import { compileScoreCondition } from '../scores/scoreCondition.ts';
import { listScores } from '../scores/sql/scores.pg.ts';
import type { LoadOthers } from '../segments/catalog.ts';

/** Personas, scores and what is foreseen, for the compiler of segments, as they stand now in a workspace. */
export function createLoadOthers(pg: Pg): LoadOthers {
  return async (workspace) => {
    const [{ edges }, { names }, rows, runs, lookalikes, providers] = await Promise.all([
      readEdges(pg, workspace, ''),
      readSettings(pg, workspace),
      pg.rows(listScores, { workspace }),
      pg.row(readForeseenRuns, { workspace }),
      pg.rows(listLookalikeRuns, { workspace }),
      pg.rows(listProviders, { workspace }),
    ]);
    const scores = new Map(
      rows.map((row): [string, ScoreDefinition] => [String(row.id), scoreDefinitionSchema.parse(row.definition)]),
    );
    const foreseen: ForeseenRuns = {
      predictions: runs?.predictions ?? null,
      habits: runs?.habits ?? null,
      lookalikes: new Map(lookalikes.map(({ id, run_id, reach }) => [String(id), { run: run_id, reach }])),
    };
    const partners = new Map(providers.map((row) => [row.key, row]));
    const nameById = (named: readonly { id: number; name: string }[]) =>
      Object.fromEntries(named.map(({ id, name }) => [String(id), name]));
    return {
      names: {
        personas: { ...names },
        scores: nameById(rows),
        lookalikes: nameById(lookalikes),
        outside: Object.fromEntries(providers.map(({ key, name }) => [key, name])),
      },
      compileOther: (condition, features, zone, use) => {
        if (condition.kind === 'persona') return compilePersonaCondition(condition, features, edges);
        if (condition.kind === 'outside') return compileOutsideCondition(condition, features, partners, use);
        if (condition.kind !== 'score') return compileForeseenCondition(condition, features, zone, foreseen);
        const definition = scores.get(condition.score);
        if (definition === undefined)
          throw new Fault(
            'invalid',
            'decide.reference_unknown',
            `There is no score ${condition.score} in this workspace.`,
          );
        return compileScoreCondition(condition, definition, features, zone);
      },
    };
  };
}
