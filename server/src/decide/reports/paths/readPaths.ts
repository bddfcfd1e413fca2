import type { Paths, PathsInput, ReportPeople } from '@vitrail/contracts';
import type { Deps } from '../../../platform/index.ts';
import { about } from '../about.ts';
import { ask } from '../ask.ts';
import { readPeople } from '../people.ts';
import { readScope } from '../scope.ts';
import { compilePathNodes, compilePathPeople, compilePaths, stepNode } from './compilePaths.ts';

/** Where people go next from a start, or came from before it; or the people who took one of the steps. */
export async function readPaths(
  deps: Pick<Deps, 'pg' | 'ch' | 'clock'>,
  workspace: number,
  input: PathsInput,
): Promise<Paths | ReportPeople> {
  const scope = await readScope(deps, workspace, input);
  const frequent = await ask(deps, compilePathNodes(input, scope));
  const known = frequent.map(({ step, node }) => stepNode(step, node));
  if (input.people !== undefined) {
    const point = input.people;
    return readPeople(deps, compilePathPeople(input, known, point, scope), point);
  }
  const rows = await ask(deps, compilePaths(input, known, scope));
  const nodes = rows.filter((row) => row.node_only === 1);
  const start = nodes.find(({ place }) => place === 0);
  return {
    ...about(scope, 'paths'),
    starts: start?.times ?? 0,
    people: start?.people ?? 0,
    nodes: nodes.map(({ place, node, times, people }) => ({ step: place, node, times, people })),
    links: rows
      .filter((row) => row.node_only === 0 && row.place > 0)
      .map(({ place, came_from, node, times, people }) => ({ step: place, from: came_from, to: node, times, people })),
  };
}
