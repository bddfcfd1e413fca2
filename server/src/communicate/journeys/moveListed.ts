import { changeList, type SaveDeps } from '../../decide/index.ts';
import { Fault } from '../../platform/index.ts';
import { groupBy } from './groupBy.ts';
import { readEffects, removeEffects } from './sql/runs.pg.ts';

const atOnce = 2_000;
const actor = { kind: 'system', id: 'journeys' } as const;

/**
 * Puts people on lists and takes them off, as steps asked. Outside the steps' transaction, since lists are changed under a
 * lock of their own; a repeat after a crash changes nothing. Returns whether there is more.
 */
export async function moveListed(deps: SaveDeps): Promise<boolean> {
  const rows = await deps.pg.rows(readEffects, { limit: atOnce });
  for (const [workspace, effects] of groupBy(rows, ({ workspace_id }) => workspace_id)) {
    // Of a person who is put on a list and taken off again, the last counts.
    const last = new Map(effects.map((effect) => [`${effect.list}/${effect.profile_id}`, effect]));
    for (const [list, changes] of groupBy(last.values(), (effect) => effect.list)) {
      const of = (change: string): number[] =>
        changes.filter((effect) => effect.change === change).map(({ profile_id }) => profile_id);
      await changeList(deps, { workspace, actor, id: list, add: of('add'), remove: of('remove') }).catch(
        skipGone(deps),
      );
    }
    await deps.pg.run(removeEffects, { workspace, ids: effects.map(({ id }) => id) });
  }
  return rows.length === atOnce;
}

/** A list that was archived or is gone takes nobody; the journey goes on. */
const skipGone =
  ({ log }: SaveDeps) =>
  (error: unknown): void => {
    if (!(error instanceof Fault) || (error.kind !== 'not_found' && error.kind !== 'conflict')) throw error;
    log.warn({ code: error.code }, 'a list of a journey cannot take people any more');
  };
