import type { SegmentCondition, SegmentNode } from '@vitrail/contracts';

/** A definition while it is being written: every part has a key of its own, "not" is a mark on a part. */
export interface DraftGroup {
  readonly key: number;
  readonly kind: 'group';
  readonly join: 'all' | 'any';
  readonly negated: boolean;
  readonly of: readonly DraftPart[];
}
export interface DraftLeaf {
  readonly key: number;
  readonly kind: 'leaf';
  readonly negated: boolean;
  readonly condition: SegmentCondition;
}
export type DraftPart = DraftGroup | DraftLeaf;

/** The keys given out so far are the highest of the tree, so that a draft needs no counter beside it. */
export const highestKey = (part: DraftPart): number =>
  part.kind === 'leaf' ? part.key : Math.max(part.key, ...part.of.map(highestKey));

function readPart(node: SegmentNode, next: () => number, negated = false): DraftPart {
  if (node.kind === 'not') return readPart(node.of, next, !negated);
  const key = next();
  if (node.kind === 'all' || node.kind === 'any')
    return { key, kind: 'group', join: node.kind, negated, of: node.of.map((part) => readPart(part, next)) };
  return { key, kind: 'leaf', negated, condition: node };
}

/** The whole is always a group, so that something can be added to it. */
export function draftOf(definition: SegmentNode): DraftGroup {
  let last = 0;
  const next = () => {
    last += 1;
    return last;
  };
  const whole = readPart(definition, next);
  return whole.kind === 'group' ? whole : { key: next(), kind: 'group', join: 'all', negated: false, of: [whole] };
}

export const emptyDraft: DraftGroup = { key: 1, kind: 'group', join: 'all', negated: false, of: [] };

export interface WrittenDraft {
  readonly definition: SegmentNode;
  /** Path in the definition → key of the part that stands there; a negated part is found by its "not" and by itself. */
  readonly keys: ReadonlyMap<string, number>;
}

/**
 * The definition of a draft. `leave`: parts left out, with the groups that are empty without them: an empty group within
 * a group says nothing yet.
 */
export function definitionOf(draft: DraftGroup, leave: (leaf: DraftLeaf) => boolean = () => false): WrittenDraft {
  const keys = new Map<string, number>();
  const isKept = (part: DraftPart): boolean => (part.kind === 'leaf' ? !leave(part) : part.of.some(isKept));
  const at = (path: string, step: string | number) => (path === '' ? `of${step}` : `${path}.of${step}`);
  const write = (part: DraftPart, path: string): SegmentNode => {
    keys.set(path, part.key);
    const own = part.negated ? at(path, '') : path;
    keys.set(own, part.key);
    const node: SegmentNode =
      part.kind === 'leaf'
        ? part.condition
        : { kind: part.join, of: part.of.filter(isKept).map((one, index) => write(one, at(own, `.${index}`))) };
    return part.negated ? { kind: 'not', of: node } : node;
  };
  if (!isKept(draft)) return { definition: { kind: 'all', of: [] }, keys };
  return { definition: write(draft, ''), keys };
}

export const leavesOf = (part: DraftPart): readonly DraftLeaf[] =>
  part.kind === 'leaf' ? [part] : part.of.flatMap(leavesOf);

const mapGroup = (group: DraftGroup, change: (of: readonly DraftPart[]) => readonly DraftPart[]): DraftGroup => ({
  ...group,
  of: change(group.of),
});

/** Every part of the tree through one change, from the leaves up; null takes a part away. */
function rebuild(group: DraftGroup, change: (part: DraftPart) => DraftPart | null): DraftGroup {
  return mapGroup(group, (of) =>
    of.flatMap((part) => {
      const changed = change(part.kind === 'group' ? rebuild(part, change) : part);
      return changed === null ? [] : [changed];
    }),
  );
}

export type DraftAction =
  | { readonly do: 'add'; readonly group: number; readonly condition: SegmentCondition; readonly negated?: boolean }
  | { readonly do: 'addGroup'; readonly group: number }
  | { readonly do: 'edit'; readonly key: number; readonly condition: SegmentCondition }
  | { readonly do: 'negate'; readonly key: number }
  | { readonly do: 'join'; readonly key: number; readonly join: 'all' | 'any' }
  | { readonly do: 'remove'; readonly key: number }
  | { readonly do: 'duplicate'; readonly key: number }
  | { readonly do: 'move'; readonly key: number; readonly by: -1 | 1 }
  | { readonly do: 'wrap'; readonly key: number }
  | { readonly do: 'replace'; readonly definition: SegmentNode };

const withNewKeys = (part: DraftPart, next: () => number): DraftPart =>
  part.kind === 'leaf'
    ? { ...part, key: next() }
    : { ...part, key: next(), of: part.of.map((one) => withNewKeys(one, next)) };

const appendTo = (draft: DraftGroup, group: number, part: DraftPart): DraftGroup => {
  const append = (one: DraftPart): DraftPart =>
    one.kind === 'group' && one.key === group ? mapGroup(one, (of) => [...of, part]) : one;
  const inside = rebuild(draft, append);
  return draft.key === group ? mapGroup(inside, (of) => [...of, part]) : inside;
};

function moved(of: readonly DraftPart[], key: number, by: -1 | 1): readonly DraftPart[] {
  const from = of.findIndex((part) => part.key === key);
  const to = from + by;
  const [one, other] = [of[from], of[to]];
  if (one === undefined || other === undefined) return of;
  return of.map((part, index) => (index === from ? other : index === to ? one : part));
}

/** The draft after one step; the same draft when the step changes nothing. */
export function changeDraft(draft: DraftGroup, action: DraftAction): DraftGroup {
  let last = highestKey(draft);
  const next = () => {
    last += 1;
    return last;
  };
  const on = (key: number, change: (part: DraftPart) => DraftPart | null) =>
    rebuild(draft, (part) => (part.key === key ? change(part) : part));
  switch (action.do) {
    case 'add': {
      const { condition, negated = false } = action;
      return appendTo(draft, action.group, { key: next(), kind: 'leaf', negated, condition });
    }
    case 'addGroup':
      return appendTo(draft, action.group, { key: next(), kind: 'group', join: 'any', negated: false, of: [] });
    case 'edit':
      return on(action.key, (part) => (part.kind === 'leaf' ? { ...part, condition: action.condition } : part));
    case 'negate': {
      if (action.key === draft.key) return { ...draft, negated: !draft.negated };
      return on(action.key, (part) => ({ ...part, negated: !part.negated }));
    }
    case 'join': {
      if (action.key === draft.key) return { ...draft, join: action.join };
      return on(action.key, (part) => (part.kind === 'group' ? { ...part, join: action.join } : part));
    }
    case 'remove':
      return on(action.key, () => null);
    case 'duplicate': {
      const twice = (of: readonly DraftPart[]): readonly DraftPart[] =>
        of.flatMap((part) => (part.key === action.key ? [part, withNewKeys(part, next)] : [part]));
      return mapGroup(
        rebuild(draft, (part) => (part.kind === 'group' ? mapGroup(part, twice) : part)),
        twice,
      );
    }
    case 'move': {
      const move = (of: readonly DraftPart[]) => moved(of, action.key, action.by);
      return mapGroup(
        rebuild(draft, (part) => (part.kind === 'group' ? mapGroup(part, move) : part)),
        move,
      );
    }
    case 'wrap':
      return on(action.key, (part) => ({ key: next(), kind: 'group', join: 'any', negated: false, of: [part] }));
    case 'replace':
      return draftOf(action.definition);
  }
}
