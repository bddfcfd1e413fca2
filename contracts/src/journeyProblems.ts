import type { JourneyDefinition, JourneyNode } from './journeySteps.ts';

export interface JourneyProblem {
  /** Where in the definition. */
  readonly path: readonly (string | number)[];
  /** Closed; the console says it in its language. */
  readonly code:
    | 'no_steps'
    | 'too_many_steps'
    | 'missing_step'
    | 'unreachable'
    | 'circle_without_wait'
    | 'not_a_message'
    | 'no_weight'
    | 'key_without_event';
  readonly message: string;
}

/** A way out of a step: where it is written, where it leads, what it is called. */
export interface JourneyWay {
  readonly path: readonly (string | number)[];
  readonly to: string;
  /** '' for the only way on. */
  readonly name: string;
}

/** All ways out of a step, in the order they are drawn. */
export function waysOf(node: JourneyNode): JourneyWay[] {
  switch (node.kind) {
    case 'exit':
      return [];
    case 'wait':
      return node.until.kind === 'event'
        ? [
            { path: ['next'], to: node.next, name: 'yes' },
            { path: ['until', 'otherwise'], to: node.until.otherwise, name: 'timeout' },
          ]
        : [{ path: ['next'], to: node.next, name: '' }];
    case 'split': {
      const { split } = node;
      if (split.by === 'message') {
        return [
          { path: ['split', 'yes'], to: split.yes, name: 'yes' },
          { path: ['split', 'no'], to: split.no, name: 'no' },
        ];
      }
      const ways = split.branches.map((branch, index) => ({
        path: ['split', 'branches', index, 'next'],
        to: branch.next,
        name: branch.name || String(index + 1),
      }));
      return split.by === 'random'
        ? ways
        : [...ways, { path: ['split', 'otherwise'], to: split.otherwise, name: 'otherwise' }];
    }
    default:
      return [{ path: ['next'], to: node.next, name: '' }];
  }
}

const mostSteps = 100;

/** What is wrong with the graph of a journey whose parts are well formed. */
export function findJourneyProblems(definition: JourneyDefinition): JourneyProblem[] {
  const { nodes } = definition;
  const ids = Object.keys(nodes);
  if (ids.length === 0) return [{ path: ['nodes'], code: 'no_steps', message: 'A journey has at least one step.' }];
  if (ids.length > mostSteps) {
    return [{ path: ['nodes'], code: 'too_many_steps', message: `A journey has ${mostSteps} steps at most.` }];
  }
  const problems: JourneyProblem[] = [];
  if (nodes[definition.start] === undefined) {
    problems.push({
      path: ['start'],
      code: 'missing_step',
      message: `The journey starts with “${definition.start}”, and there is no such step.`,
    });
  }
  for (const [id, node] of Object.entries(nodes)) problems.push(...findNodeProblems(definition, id, node));
  const reached = reachFrom(definition, definition.start);
  for (const id of ids) {
    if (reached.has(id)) continue;
    problems.push({ path: ['nodes', id], code: 'unreachable', message: `No way leads to the step “${id}”.` });
  }
  const circle = findCircle(definition);
  if (circle !== null) {
    problems.push({
      path: ['nodes', circle],
      code: 'circle_without_wait',
      message: `From the step “${circle}” a way leads back to it without a wait: nobody would ever leave.`,
    });
  }
  const { trigger, entry } = definition;
  if (entry.key !== undefined && ['segment', 'date', 'schedule'].includes(trigger.kind)) {
    problems.push({
      path: ['entry', 'key'],
      code: 'key_without_event',
      message: 'Only journeys begun by an event, a product or the API can have a run for each value of a key.',
    });
  }
  return problems;
}

function findNodeProblems({ nodes }: JourneyDefinition, id: string, node: JourneyNode): JourneyProblem[] {
  const problems: JourneyProblem[] = waysOf(node)
    .filter(({ to }) => nodes[to] === undefined)
    .map(({ path, to }) => ({
      path: ['nodes', id, ...path],
      code: 'missing_step',
      message: `The step “${id}” leads to “${to}”, and there is no such step.`,
    }));
  if (node.kind !== 'split') return problems;
  if (node.split.by === 'message' && nodes[node.split.message]?.kind !== 'message') {
    problems.push({
      path: ['nodes', id, 'split', 'message'],
      code: 'not_a_message',
      message: `The split “${id}” asks about “${node.split.message}”, which is not a message of this journey.`,
    });
  }
  if (node.split.by === 'random' && node.split.branches.every(({ weight }) => weight === 0)) {
    problems.push({
      path: ['nodes', id, 'split', 'branches'],
      code: 'no_weight',
      message: `All branches of the split “${id}” have the weight 0.`,
    });
  }
  return problems;
}

function reachFrom({ nodes }: JourneyDefinition, start: string): Set<string> {
  const reached = new Set<string>();
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = nodes[id];
    if (node === undefined || reached.has(id)) continue;
    reached.add(id);
    open.push(...waysOf(node).map(({ to }) => to));
  }
  return reached;
}

/** A step on a circle of steps none of which waits; null without one. */
function findCircle({ nodes }: JourneyDefinition): string | null {
  const state = new Map<string, 'open' | 'done'>();
  const visit = (id: string): string | null => {
    const node = nodes[id];
    if (node === undefined || node.kind === 'wait' || state.get(id) === 'done') return null;
    if (state.get(id) === 'open') return id;
    state.set(id, 'open');
    for (const { to } of waysOf(node)) {
      const found = visit(to);
      if (found !== null) return found;
    }
    state.set(id, 'done');
    return null;
  };
  for (const id of Object.keys(nodes)) {
    const found = visit(id);
    if (found !== null) return found;
  }
  return null;
}
