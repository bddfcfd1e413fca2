import type { MatchKind } from '@vitrail/contracts';
import type { Deps } from '../../platform/index.ts';
import type { MatchSpace } from './engine/index.ts';

/** Where the matcher of a workspace keeps its tables; a dry run has its own, so that what is in force is not disturbed. */
export const spaceOf = ({ ch }: Pick<Deps, 'ch'>, workspace: number, kind: MatchKind, trial: boolean): MatchSpace => ({
  ch,
  prefix: `match_${kind}_${workspace}${trial ? '_trial' : ''}`,
});
