import type { Funnel, FunnelInput, ReportPeople } from '@vitrail/contracts';
import { type Deps, Fault } from '../../../platform/index.ts';
import { about } from '../about.ts';
import { ask } from '../ask.ts';
import { readPeople } from '../people.ts';
import { readScope } from '../scope.ts';
import { compileFunnel, compileFunnelPeople } from './compileFunnel.ts';

const share = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 1e6) / 1e6;

/** How many people take each step in order, and how long they need; or the people behind a step. */
export async function readFunnel(
  deps: Pick<Deps, 'pg' | 'ch' | 'clock'>,
  workspace: number,
  input: FunnelInput,
): Promise<Funnel | ReportPeople> {
  const scope = await readScope(deps, workspace, input);
  if (input.people !== undefined) {
    const point = input.people;
    if (point.step > input.steps.length)
      throw new Fault('invalid', 'decide.no_such_step', `This funnel has ${input.steps.length} steps.`);
    return readPeople(deps, compileFunnelPeople(input, point, scope), point);
  }
  const rows = await ask(deps, compileFunnel(input, scope));
  const stepsOf = (row: (typeof rows)[number] | undefined): Funnel['steps'] =>
    input.steps.map((_, index) => {
      const people = row?.people[index] ?? 0;
      const timed = index > 0 && people > 0;
      return {
        people,
        fromFirst: share(people, row?.people[0] ?? 0),
        fromBefore: index === 0 ? null : share(people, row?.people[index - 1] ?? 0),
        medianSeconds: timed ? (row?.fromBefore[index] ?? 0) / 1_000 : null,
        medianSecondsFromFirst: timed ? (row?.fromFirst[index] ?? 0) / 1_000 : null,
      };
    });
  const groups = rows.filter(({ everything }) => everything === 0);
  return {
    ...about(scope, 'funnel'),
    steps: stepsOf(rows.find(({ everything }) => everything === 1)),
    groups: groups
      .toSorted((a, b) => b.known - a.known || (b.people[0] ?? 0) - (a.people[0] ?? 0) || (a.key < b.key ? -1 : 1))
      .map((row) => ({ group: row.key, other: row.known === 0, steps: stepsOf(row) })),
  };
}
