import { type ScoreDefinition, scoreDefinitionSchema } from '@vitrail/contracts';
import { Fault, type Pg } from '../../platform/index.ts';
import { readEdges, readSettings } from '../rfm/edges.ts';
import { compilePersonaCondition } from '../rfm/personaCondition.ts';
import { compileScoreCondition } from '../scores/scoreCondition.ts';
import { listScores } from '../scores/sql/scores.pg.ts';
import type { LoadOthers } from '../segments/catalog.ts';

/** Personas and scores for the compiler of segments, as they stand now in a workspace. */
export function createLoadOthers(pg: Pg): LoadOthers {
  return async (workspace) => {
    const [{ edges }, { names }, rows] = await Promise.all([
      readEdges(pg, workspace, ''),
      readSettings(pg, workspace),
      pg.rows(listScores, { workspace }),
    ]);
    const scores = new Map(
      rows.map((row): [string, ScoreDefinition] => [String(row.id), scoreDefinitionSchema.parse(row.definition)]),
    );
    return {
      names: { personas: { ...names }, scores: Object.fromEntries(rows.map((row) => [String(row.id), row.name])) },
      compileOther: (condition, features, zone) => {
        if (condition.kind === 'persona') return compilePersonaCondition(condition, features, edges);
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
