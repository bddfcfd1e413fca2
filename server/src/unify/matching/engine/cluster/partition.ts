import { setImmediate as pause } from 'node:timers/promises';
import type { ClusterRules, Veto } from '../types.ts';
import type { Edges } from './edges.ts';
import type { VetoTraits } from './readTraits.ts';

/** A single link between two groups must be this sure, or another link must support it. */
const surelyEnough = 0.999;
/** From here a pair whose own birth dates are apart is believed: the model has weighed those very dates. */
const despiteBirthDates = 0.9999;
/** Values of one kind remembered of a cluster: enough to find one that agrees. */
const remembered = 12;

/** Groups of records that only grow, with what forbids the next join. */
export class Partition {
  readonly #edges: Edges;
  readonly #traits: VetoTraits;
  readonly #largest: number;
  readonly #parent: Uint32Array;
  readonly #size: Uint32Array;
  readonly #next: Int32Array;
  readonly #last: Uint32Array;
  readonly #births = new Map<number, readonly number[]>();
  readonly #exclusive: readonly Map<number, readonly string[]>[];
  readonly #apart = new Map<number, Set<number>>();
  readonly #starts: Uint32Array;
  readonly #neighbours: Uint32Array;

  constructor(edges: Edges, traits: VetoTraits, rules: ClusterRules) {
    this.#edges = edges;
    this.#traits = traits;
    this.#largest = rules.largestCluster;
    const records = edges.ids.length;
    this.#parent = Uint32Array.from({ length: records }, (_, place) => place);
    this.#size = new Uint32Array(records).fill(1);
    this.#next = new Int32Array(records).fill(-1);
    this.#last = Uint32Array.from(this.#parent);
    this.#exclusive = traits.exclusive.map(() => new Map());
    [this.#starts, this.#neighbours] = adjacency(edges);
    for (const [left, right] of rules.cannotLink) {
      const [a, b] = [edges.placeOf(left), edges.placeOf(right)];
      if (a === null || b === null || a === b) continue;
      this.#keepApart(a, b);
      this.#keepApart(b, a);
    }
  }

  /** Joins the two groups of an edge, or says why not. */
  join(at: number): 'joined' | 'together' | Veto {
    const [left, right] = [this.#edges.left[at] ?? 0, this.#edges.right[at] ?? 0];
    const [a, b] = [this.#root(left), this.#root(right)];
    if (a === b) return 'together';
    const [small, large] = (this.#size[a] ?? 0) < (this.#size[b] ?? 0) ? [a, b] : [b, a];
    if (this.#apart.get(small)?.has(large)) return 'cannot_link';
    // What a person joined only a person's word keeps apart.
    const asked = this.#edges.weight[at] === Number.MAX_VALUE;
    const veto = asked ? null : this.#veto(at, small, large);
    if (veto !== null) return veto;
    this.#merge(small, large);
    return 'joined';
  }

  #veto(at: number, small: number, large: number): Veto | null {
    const probability = this.#edges.probability[at] ?? 0;
    for (const [index, known] of this.#exclusive.entries()) {
      const read = (root: number): readonly string[] =>
        known.get(root) ?? oneText(this.#traits.exclusive[index]?.[root]);
      if (apart(read(small), read(large), differs)) return 'exclusive_differs';
    }
    const weighed =
      probability >= despiteBirthDates && this.#born(this.#edges.left[at]) && this.#born(this.#edges.right[at]);
    if (!weighed && apart(this.#birthsOf(small), this.#birthsOf(large), birthsApart)) return 'birth_dates_apart';
    const [sizeA, sizeB] = [this.#size[small] ?? 1, this.#size[large] ?? 1];
    if (sizeA + sizeB > this.#largest) return 'too_large';
    if (sizeA > 1 && sizeB > 1 && probability < surelyEnough && !this.#supported(small, large)) return 'weak_chain';
    return null;
  }

  /** Whether a second pair joins the two groups. */
  #supported(small: number, large: number): boolean {
    let links = 0;
    for (const member of this.#members(small)) {
      for (let at = this.#starts[member] ?? 0; at < (this.#starts[member + 1] ?? 0); at++) {
        if (this.#root(this.#neighbours[at] ?? 0) === large && ++links > 1) return true;
      }
    }
    return false;
  }

  #merge(small: number, large: number): void {
    const births = union(this.#birthsOf(small), this.#birthsOf(large));
    if (births.length > 0) this.#births.set(large, births);
    for (const [index, known] of this.#exclusive.entries()) {
      const read = (root: number): readonly string[] =>
        known.get(root) ?? oneText(this.#traits.exclusive[index]?.[root]);
      const values = union(read(small), read(large));
      if (values.length > 0) known.set(large, values);
    }
    this.#parent[small] = large;
    this.#size[large] = (this.#size[large] ?? 0) + (this.#size[small] ?? 0);
    this.#next[this.#last[large] ?? large] = small;
    this.#last[large] = this.#last[small] ?? small;
    for (const other of this.#apart.get(small) ?? []) {
      this.#keepApart(large, other);
      this.#apart.get(other)?.delete(small);
      this.#keepApart(other, large);
    }
    this.#apart.delete(small);
  }

  #born(place: number | undefined): boolean {
    return (this.#traits.birth?.[place ?? 0] ?? 0) > 0;
  }

  #birthsOf(root: number): readonly number[] {
    const own = this.#traits.birth?.[root] ?? 0;
    return this.#births.get(root) ?? (own === 0 ? [] : [own]);
  }

  #keepApart(root: number, other: number): void {
    const known = this.#apart.get(root);
    if (known === undefined) this.#apart.set(root, new Set([other]));
    else known.add(other);
  }

  #root(place: number): number {
    let at = place;
    while (this.#parent[at] !== at) {
      const up = this.#parent[at] ?? at;
      this.#parent[at] = this.#parent[up] ?? up;
      at = this.#parent[at] ?? at;
    }
    return at;
  }

  *#members(root: number): Generator<number> {
    for (let at = root; at >= 0; at = this.#next[at] ?? -1) yield at;
  }

  /** Groups of two and more, by their first member. */
  async clusters(): Promise<number[][]> {
    const found: number[][] = [];
    const seen = new Uint8Array(this.#parent.length);
    for (let place = 0; place < this.#parent.length; place++) {
      if (place % 20_000 === 19_999) await pause();
      const root = this.#root(place);
      if (seen[root] === 1 || (this.#size[root] ?? 1) < 2) continue;
      seen[root] = 1;
      found.push([...this.#members(root)].sort((a, b) => a - b).map((each) => this.#edges.idOf(each)));
    }
    return found;
  }
}

/** The pairs of each record, side by side: those of record `r` from `starts[r]` up to `starts[r + 1]`. */
function adjacency({ count, ids, left, right }: Edges): [Uint32Array, Uint32Array] {
  const starts = new Uint32Array(ids.length + 1);
  for (let at = 0; at < count; at++) {
    for (const place of [left[at] ?? 0, right[at] ?? 0]) starts[place + 1] = (starts[place + 1] ?? 0) + 1;
  }
  for (let place = 0; place < ids.length; place++) starts[place + 1] = (starts[place + 1] ?? 0) + (starts[place] ?? 0);
  const free = starts.slice();
  const neighbours = new Uint32Array(count * 2);
  for (let at = 0; at < count; at++) {
    const [a, b] = [left[at] ?? 0, right[at] ?? 0];
    neighbours[free[a] ?? 0] = b;
    neighbours[free[b] ?? 0] = a;
    free[a] = (free[a] ?? 0) + 1;
    free[b] = (free[b] ?? 0) + 1;
  }
  return [starts, neighbours];
}

const oneText = (value: string | undefined): readonly string[] => (value === undefined || value === '' ? [] : [value]);

const union = <T>(a: readonly T[], b: readonly T[]): readonly T[] =>
  b.length === 0 ? a : [...new Set([...a, ...b])].slice(0, remembered);

/** Both sides have values, and none of one goes with any of the other. */
const apart = <T>(a: readonly T[], b: readonly T[], differ: (left: T, right: T) => boolean): boolean =>
  a.length > 0 && b.length > 0 && a.every((left) => b.every((right) => differ(left, right)));

/** Two dates no slip of the pen turns into each other: another year, and another month or day. */
export function birthsApart(left: number, right: number): boolean {
  if (left === right) return false;
  const [a, b] = [String(left).padStart(8, '0'), String(right).padStart(8, '0')];
  let digits = 0;
  for (let at = 0; at < 8; at++) if (a[at] !== b[at]) digits++;
  if (digits <= 2) return false;
  return a.slice(0, 4) !== b.slice(0, 4) && a.slice(4) !== b.slice(4);
}

/** More than a slip apart: another length, or three signs and more in other places. */
export function differs(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 1) return true;
  let wrong = 0;
  for (let at = 0; at < Math.min(left.length, right.length); at++) if (left[at] !== right[at]) wrong++;
  return wrong > 2;
}
