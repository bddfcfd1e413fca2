import type { Attribution, AttributionInput, AttributionModel, ReportPeople } from '@vitrail/contracts';
import type { Deps } from '../../../platform/index.ts';
import { about } from '../about.ts';
import { ask } from '../ask.ts';
import { readPeople } from '../people.ts';
import { readScope } from '../scope.ts';
import { compileAttribution, compileAttributionPeople, creditOrder } from './compileAttribution.ts';

/** Which campaigns orders are owed to, by five models at once; or the buyers behind one. */
export async function readAttribution(
  deps: Pick<Deps, 'pg' | 'ch' | 'clock'>,
  workspace: number,
  input: AttributionInput,
): Promise<Attribution | ReportPeople> {
  const scope = await readScope(deps, workspace, input);
  if (input.people !== undefined) {
    const point = input.people;
    return readPeople(deps, compileAttributionPeople(input, point, scope), point);
  }
  const rows = await ask(deps, compileAttribution(input, scope));
  const creditOf = (row: (typeof rows)[number], model: AttributionModel) => {
    const place = creditOrder.indexOf(model);
    return {
      orders: Math.round((row.orders[place] ?? 0) * 1e4) / 1e4,
      revenue: (row.units[place] ?? 0) / 10_000,
    };
  };
  const whole = rows.find(({ everything }) => everything === 1);
  return {
    ...about(scope, 'attribution'),
    totals: {
      orders: whole?.orderCount ?? 0,
      revenue: (whole?.units[0] ?? 0) / 10_000,
      buyers: whole?.buyers ?? 0,
    },
    rows: rows
      .filter(({ everything }) => everything === 0)
      .map((row) => ({
        group: row.known === 1 ? row.key : '(other)',
        buyers: row.buyers,
        first: creditOf(row, 'first'),
        last: creditOf(row, 'last'),
        linear: creditOf(row, 'linear'),
        position: creditOf(row, 'position'),
        decay: creditOf(row, 'decay'),
      }))
      .toSorted((a, b) => b.linear.revenue - a.linear.revenue || (a.group < b.group ? -1 : 1)),
  };
}
