import type { OutsideUse, SegmentNode } from '@vitrail/contracts';
import type { Deps } from '../../platform/index.ts';
import { checkPatterns } from './askSegment.ts';
import { type Catalog, type Catalogs, compileAlone, compileTogether } from './catalog.ts';
import { assembleMembers } from './compile/assemble.ts';
import { atMoment } from './compile/features.ts';
import { areAtFault, chunkPeople } from './evaluate.ts';
import { listMembersOf } from './sql/memberships.pg.ts';

/** Everyone, for a step that begins with a whole segment: a job, not somebody's click. */
const everyoneSettings = { max_execution_time: 120 };
const peopleSettings = { max_execution_time: 30 };

/** Definitions of others (journeys, campaigns) asked of people as segments are, without being segments. */
export function createAskPeople(
  deps: Pick<Deps, 'pg' | 'ch'> & { readonly catalogs: Catalogs },
  use: OutsideUse = 'segments',
) {
  const usedFor = (catalog: Catalog) => ({ zone: catalog.zone, references: { ...catalog.references, use } });
  const compiled = new WeakMap<Catalog, Map<string, ReturnType<typeof compileTogether>>>();

  const compile = (catalog: Catalog, definitions: readonly SegmentNode[]) => {
    let known = compiled.get(catalog);
    if (known === undefined) {
      known = new Map();
      compiled.set(catalog, known);
    }
    const key = JSON.stringify(definitions);
    let query = known.get(key);
    if (query === undefined) {
      const numbered = definitions.map((definition, index) => ({ id: index, definition }));
      query = compileTogether(usedFor(catalog), numbered, 'people');
      known.set(key, query);
    }
    return query;
  };

  return {
    /** Throws `invalid` for a definition that cannot be asked: unknown references, patterns that are none. */
    async check(workspace: number, definition: SegmentNode): Promise<void> {
      compileAlone(usedFor(await deps.catalogs.get(workspace)), definition);
      await checkPatterns(deps, definition);
    },

    /**
     * By root of each of these profile rows' customers: the definitions (by index) that hold at this moment. Null when they
     * cannot be asked at all: a segment they refer to is gone, or they take too long.
     */
    async which(
      workspace: number,
      definitions: readonly SegmentNode[],
      profiles: readonly number[],
      at: Date,
    ): Promise<ReadonlyMap<number, ReadonlySet<number>> | null> {
      const found = new Map<number, ReadonlySet<number>>();
      if (definitions.length === 0 || profiles.length === 0) return found;
      const rows = await deps.pg.rows(listMembersOf, { workspace, profiles });
      try {
        const { query, values } = compile(await deps.catalogs.get(workspace), definitions);
        for (const people of chunkPeople(rows)) {
          const answers = await deps.ch.rows(
            { ...query, text: atMoment(query.text, at) },
            { ...values, ...people, workspace },
            { lane: 'interactive', settings: peopleSettings },
          );
          for (const { person, segments } of answers) found.set(person, new Set(segments));
        }
      } catch (error) {
        if (areAtFault(error)) return null;
        throw error;
      }
      return found;
    },

    /** Roots of everyone of whom the definition holds at this moment. */
    async everyone(workspace: number, definition: SegmentNode, at: Date): Promise<readonly number[]> {
      const catalog = await deps.catalogs.get(workspace);
      const { compiled: segment, features } = compileAlone(usedFor(catalog), definition, { moments: false });
      const { query, values } = assembleMembers(segment, features);
      const rows = await deps.ch.rows(
        { ...query, text: atMoment(query.text, at) },
        { ...values, workspace },
        { lane: 'heavy', settings: everyoneSettings },
      );
      return rows.map(({ person }) => person);
    },
  };
}
export type AskPeople = ReturnType<typeof createAskPeople>;
