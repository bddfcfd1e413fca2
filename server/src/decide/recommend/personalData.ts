import type { Deps, JsonObject } from '../../platform/index.ts';
import { statement } from './build/names.ts';
import { listHistoryTables } from './sql/freshness.ch.ts';

/** Tables with a row for each customer; the trial exists only while an evaluation runs. */
const tablesOf = (workspace: number): string[] => [
  `recommend_${workspace}_histories`,
  `recommend_${workspace}_trial_histories`,
];

const keyed = (name: string, text: string) => ({
  ...statement(name, text),
  params: { profiles: 'Array(UInt64)' } as const,
});

/** What recommendations remember of a person: the products and how much each counts. */
export async function exportFromRecommendations(
  { ch }: Pick<Deps, 'ch'>,
  workspace: number,
  profiles: readonly number[],
): Promise<JsonObject> {
  const [table] = await ch.rows(listHistoryTables, { names: tablesOf(workspace).slice(0, 1) });
  if (table === undefined) return { recommendationInterests: [] };
  const query = {
    ...keyed(
      'exportHistories',
      `select names.name as product, had.weight as weight, had.at as at
      from (
        select item, weight, at from (select * from ${table.name} final where user in {profiles:Array(UInt64)})
        array join items as item, weights as weight, ats as at
      ) as had
      inner join recommend_${workspace}_items as names on names.item = had.item
      order by at desc, product`,
    ),
    row: { product: 'String', weight: 'Float64', at: 'Int64' } as const,
  };
  const rows = await ch.rows(query, { profiles });
  return {
    recommendationInterests: rows.map(({ product, weight, at }) => ({
      product,
      weight,
      at: new Date(at).toISOString(),
    })),
  };
}

/** Forgets a person. Safe to repeat. */
export async function eraseFromRecommendations(
  { ch }: Pick<Deps, 'ch'>,
  workspace: number,
  profiles: readonly number[],
): Promise<void> {
  for (const { name } of await ch.rows(listHistoryTables, { names: tablesOf(workspace) }))
    await ch.run(keyed('eraseHistories', `delete from ${name} where user in {profiles:Array(UInt64)}`), { profiles });
}
