import type { Deps } from '../../platform/index.ts';
import { countSurplus, listSegmentsOfPeople, listSizes } from './sql/groups.pg.ts';

/** People asked about in one statement. */
const chunk = 20_000;

/** What finding the same person twice asks of segments, before anything is merged. */
export function createSegmentsOfPeople({ pg }: Pick<Deps, 'pg'>) {
  return {
    /**
     * Sizes of live segments now, and with each group of people counted as one. Whether the one person a group becomes
     * would be in or out for other reasons (a sum that two halves reach together) is known only after the merge.
     */
    async countAfter(workspace: number, groups: readonly (readonly number[])[]) {
      const sizes = await pg.rows(listSizes, { workspace });
      const surplus = new Map<number, number>();
      const people = groups.flatMap((members, group) => members.map((profile) => ({ profile, group })));
      for (let from = 0; from < people.length; ) {
        let to = Math.min(from + chunk, people.length);
        // A group is asked about as a whole.
        while (to < people.length && people[to]?.group === people[to - 1]?.group) to += 1;
        const part = people.slice(from, to);
        const rows = await pg.rows(countSurplus, {
          workspace,
          people: part.map(({ profile }) => profile),
          groups: part.map(({ group }) => group),
        });
        for (const row of rows) surplus.set(row.segment_id, (surplus.get(row.segment_id) ?? 0) + row.surplus);
        from = to;
      }
      return sizes.map(({ id, name, size }) => ({
        id: String(id),
        name,
        before: size,
        after: Math.max(0, size - (surplus.get(id) ?? 0)),
      }));
    },
    /** The segments that these customers are in. */
    async listOf(workspace: number, profiles: readonly number[]) {
      const rows = await pg.rows(listSegmentsOfPeople, { workspace, profiles });
      return rows.map(({ profile_id, id, name }) => ({ profile: profile_id, id: String(id), name }));
    },
  };
}
