import { type JourneyDefinition, type JourneyNode, type JourneyNodeKind, waysOf } from '@vitrail/contracts';

/** A place where a step can be put: the way out of a step, or the beginning. */
export interface Place {
  /** null: the beginning. */
  readonly from: string | null;
  /** Which of its ways. */
  readonly way: number;
}

export const stepKinds = [
  'message',
  'wait',
  'split',
  'update',
  'list',
  'coupon',
  'webhook',
  'journey',
  'exit',
] as const satisfies readonly JourneyNodeKind[];

/** The same step with each of its ways leading where `to` says; ways in the order of `waysOf`. */
export function retarget(node: JourneyNode, to: (target: string, way: number) => string): JourneyNode {
  switch (node.kind) {
    case 'exit':
      return node;
    case 'wait':
      return node.until.kind === 'event'
        ? { ...node, next: to(node.next, 0), until: { ...node.until, otherwise: to(node.until.otherwise, 1) } }
        : { ...node, next: to(node.next, 0) };
    case 'split': {
      const { split } = node;
      switch (split.by) {
        case 'message':
          return { ...node, split: { ...split, yes: to(split.yes, 0), no: to(split.no, 1) } };
        case 'random':
          return {
            ...node,
            split: {
              ...split,
              branches: split.branches.map((branch, way) => ({ ...branch, next: to(branch.next, way) })),
            },
          };
        case 'experiment':
          return {
            ...node,
            split: {
              ...split,
              branches: split.branches.map((branch, way) => ({ ...branch, next: to(branch.next, way) })),
              otherwise: to(split.otherwise, split.branches.length),
            },
          };
        case 'condition':
          return {
            ...node,
            split: {
              ...split,
              branches: split.branches.map((branch, way) => ({ ...branch, next: to(branch.next, way) })),
              otherwise: to(split.otherwise, split.branches.length),
            },
          };
        case 'run':
          return {
            ...node,
            split: {
              ...split,
              branches: split.branches.map((branch, way) => ({ ...branch, next: to(branch.next, way) })),
              otherwise: to(split.otherwise, split.branches.length),
            },
          };
      }
    }
  }
  return { ...node, next: to(node.next, 0) };
}

/** A step of a kind as it begins; all its ways lead to `next`. */
export function newNode(kind: JourneyNodeKind, next: string): JourneyNode {
  switch (kind) {
    case 'message':
      return { kind, channel: 'email', template: '', purpose: 'marketing', transactional: false, priority: 0, next };
    case 'wait':
      return { kind, until: { kind: 'duration', n: 1, unit: 'day' }, next };
    case 'split':
      return {
        kind,
        split: {
          by: 'random',
          branches: [
            { name: 'A', weight: 50, next },
            { name: 'B', weight: 50, next },
          ],
        },
      };
    case 'update':
      return { kind, traits: [{ trait: 'vip_tier', op: 'set', value: 1 }], next };
    case 'list':
      return { kind, list: 'choose', change: 'add', next };
    case 'coupon':
      return { kind, offer: '', next };
    case 'webhook':
      return { kind, url: 'https://example.com/hook', template: '', next };
    case 'journey':
      return { kind, journey: '', next };
    case 'exit':
      return { kind };
  }
}

/** A name for a new step that none has. */
export function freshId(definition: JourneyDefinition, kind: JourneyNodeKind): string {
  let number = 1;
  while (definition.nodes[`${kind}_${number}`] !== undefined) number += 1;
  return `${kind}_${number}`;
}

export const targetOf = (definition: JourneyDefinition, place: Place): string | null => {
  if (place.from === null) return definition.start;
  const node = definition.nodes[place.from];
  return node === undefined ? null : (waysOf(node)[place.way]?.to ?? null);
};

/** The same journey with a way leading elsewhere. What nothing leads to any more goes. */
export function leadTo(definition: JourneyDefinition, place: Place, to: string): JourneyDefinition {
  if (place.from === null) return prune({ ...definition, start: to });
  const node = definition.nodes[place.from];
  if (node === undefined) return definition;
  const led = retarget(node, (target, way) => (way === place.way ? to : target));
  return prune({ ...definition, nodes: { ...definition.nodes, [place.from]: led } });
}

/** Puts a new step on a way. Its name is returned with the journey. */
export function addStep(
  definition: JourneyDefinition,
  place: Place,
  kind: JourneyNodeKind,
): { definition: JourneyDefinition; id: string } {
  const id = freshId(definition, kind);
  const target = targetOf(definition, place) ?? definition.start;
  const nodes = { ...definition.nodes, [id]: newNode(kind, target) };
  return { definition: leadTo({ ...definition, nodes }, place, id), id };
}

/** Takes a step out: what led to it leads on along its first way. The last step of a way cannot be taken out. */
export function removeStep(definition: JourneyDefinition, id: string): JourneyDefinition {
  const node = definition.nodes[id];
  const on = node === undefined ? undefined : waysOf(node)[0]?.to;
  if (on === undefined || on === id) return definition;
  const nodes = Object.fromEntries(
    Object.entries(definition.nodes)
      .filter(([other]) => other !== id)
      .map(([other, each]) => [other, retarget(each, (target) => (target === id ? on : target))]),
  );
  return prune({ ...definition, start: definition.start === id ? on : definition.start, nodes });
}

export const canRemove = (definition: JourneyDefinition, id: string): boolean => {
  const node = definition.nodes[id];
  return node !== undefined && node.kind !== 'exit' && waysOf(node)[0]?.to !== id;
};

export const changeStep = (definition: JourneyDefinition, id: string, node: JourneyNode): JourneyDefinition =>
  prune({ ...definition, nodes: { ...definition.nodes, [id]: node } });

/** Steps in the order people come to them; those first that every way leads through. */
export function orderOf(definition: JourneyDefinition): string[] {
  const seen = new Set<string>();
  const after: string[] = [];
  const visit = (id: string): void => {
    const node = definition.nodes[id];
    if (node === undefined || seen.has(id)) return;
    seen.add(id);
    for (const { to } of waysOf(node).toReversed()) visit(to);
    after.push(id);
  };
  visit(definition.start);
  return after.reverse();
}

/** Without the steps that nothing leads to. */
export function prune(definition: JourneyDefinition): JourneyDefinition {
  const reached = new Set(orderOf(definition));
  const nodes = Object.fromEntries(Object.entries(definition.nodes).filter(([id]) => reached.has(id)));
  return { ...definition, nodes };
}

export const emptyJourney = (): JourneyDefinition => ({
  trigger: { kind: 'event', type: 'track', event: 'Order Completed', where: [] },
  entry: { again: 'always', holdout: 0 },
  start: 'wait_1',
  nodes: { wait_1: newNode('wait', 'exit_1'), exit_1: newNode('exit', '') },
  exits: [],
});
