import type { ReportPeople, Values, ValuesInput } from '@vitrail/contracts';
import type { Deps } from '../../../platform/index.ts';
import { about } from '../about.ts';
import { ask } from '../ask.ts';
import { readPeople } from '../people.ts';
import { readScope } from '../scope.ts';
import { compileValuePeople, compileValues } from './compileValues.ts';

const cents = (value: number): number => Math.round(value * 10_000) / 10_000;

/** How revenue is spread over the customers; or the customers of one bar. */
export async function readValues(
  deps: Pick<Deps, 'pg' | 'ch' | 'clock'>,
  workspace: number,
  input: ValuesInput,
): Promise<Values | ReportPeople> {
  const scope = await readScope(deps, workspace, input);
  if (input.people !== undefined) {
    const point = input.people;
    return readPeople(deps, compileValuePeople(input, point, scope), point);
  }
  const rows = await ask(deps, compileValues(input, scope));
  const at = (by: string, place: number) => rows.find((row) => row.by === by && row.place === place);
  const spread = (row: (typeof rows)[number] | undefined) => ({
    people: row?.people ?? 0,
    revenue: row?.revenue ?? 0,
    orders: row?.orders ?? 0,
  });
  const all = at('all', 0);
  const nobody = all === undefined || all.people === 0;
  const { edges } = input;
  return {
    ...about(scope, input.ever ? 'values.ever' : 'values'),
    totals: {
      ...spread(all),
      average: nobody ? null : cents(all.revenue / all.people),
      median: nobody ? null : cents(all.median),
    },
    buckets: [null, ...edges].map((from, index) => ({
      from,
      to: edges[index] ?? null,
      ...spread(at('bucket', index)),
    })),
    deciles: Array.from({ length: 10 }, (_, index) => {
      const row = at('decile', index + 1);
      return {
        decile: index + 1,
        ...spread(row),
        least: row === undefined ? null : row.least,
        share:
          row === undefined || nobody || all.revenue === 0 ? null : Math.round((row.revenue / all.revenue) * 1e6) / 1e6,
      };
    }),
    orders: [1, 2, 3, 4, 5, 6].map((orders) => {
      const row = at('orders', orders);
      return { orders, people: row?.people ?? 0, revenue: row?.revenue ?? 0 };
    }),
  };
}
