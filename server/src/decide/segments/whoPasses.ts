import type { Deps } from '../../platform/index.ts';
import type { WhoPasses } from '../../unify/index.ts';
import { askSettings, checkPatterns } from './askSegment.ts';
import { type Catalogs, compileAlone } from './catalog.ts';
import { assembleMembers } from './compile/assemble.ts';
import { atMoment } from './compile/features.ts';

/** Asks definitions of everybody for somebody who waits: the filters of the list of customers are small segments. */
export function createWhoPasses(deps: Pick<Deps, 'ch' | 'clock'> & { readonly catalogs: Catalogs }): WhoPasses {
  return async (workspace, definition) => {
    const { compiled, features } = compileAlone(await deps.catalogs.get(workspace), definition, { moments: false });
    await checkPatterns(deps, definition);
    const { query, values } = assembleMembers(compiled, features);
    const text = atMoment(query.text, deps.clock.now());
    const rows = await deps.ch.rows({ ...query, text }, { ...values, workspace }, { settings: askSettings });
    return rows.map(({ person }) => person);
  };
}
