import { type Identifier, type NamespaceRules, ruleFor } from './identifier.ts';

/** The identifiers of one event, in order of arrival. */
export interface Sighting {
  /** Exclusive ones only, strongest first. */
  readonly identifiers: readonly Identifier[];
  /** Someone states outright that these are one person (alias): a limit does not forbid it. */
  readonly explicit: boolean;
}

export interface KnownIdentifier {
  /** The profile row that holds it. */
  readonly profileId: number;
  /** The root that row stands under. */
  readonly rootId: number;
}

export interface Known {
  readonly identifiers: ReadonlyMap<string, KnownIdentifier>;
  /** Per root: how many exclusive identifiers of each namespace it holds. */
  readonly counts: ReadonlyMap<number, ReadonlyMap<string, number>>;
  /** Roots that a person said are different people. */
  readonly apart: readonly (readonly [number, number])[];
}

export interface Merge {
  readonly winnerId: number;
  readonly loserId: number;
  /** Index of the event whose identifiers belong to both. */
  readonly sighting: number;
  readonly identifiers: readonly [Identifier, Identifier];
}

export interface Collision {
  readonly profileId: number;
  readonly otherProfileId: number | null;
  readonly identifier: Identifier;
  readonly reason: 'limit' | 'kept_apart';
  readonly sighting: number;
}

export interface Joined {
  /** Per sighting the profile row it belongs to, 0 when nothing identifies it. New rows have negative ids. */
  readonly owners: readonly number[];
  /** How many new profile rows: ids −1 … −n. */
  readonly created: number;
  /** Per new profile row (index id −1 → 0), the sighting that made it. */
  readonly createdBy: readonly number[];
  readonly attached: readonly {
    readonly identifier: Identifier;
    readonly profileId: number;
    readonly sighting: number;
  }[];
  /** In order: a later one may involve the outcome of an earlier one. */
  readonly merges: readonly Merge[];
  /** The root each merged root stands under at the end. */
  readonly roots: ReadonlyMap<number, number>;
  readonly collisions: readonly Collision[];
}

/**
 * Deterministic identity. Walks the sightings in order and lets each one's strongest identifier decide whose it is;
 * weaker identifiers join other profiles to it as long as no limit breaks and nobody said "not the same". A limit that
 * would break keeps the stronger identifier's profile and leaves the weaker identifier where it is. So a second person
 * who signs in on a shared device gets a profile of their own, and the device stays with the first.
 *
 * Pure. The outcome does not depend on how a stream is cut into batches, because what a batch decides is known to the next.
 */
export function joinIdentifiers(sightings: readonly Sighting[], known: Known, rules: NamespaceRules): Joined {
  const state = new Roots(known, rules);
  const holders = new Map<string, number>();
  for (const [key, { profileId, rootId }] of known.identifiers) {
    holders.set(key, profileId);
    state.place(profileId, rootId);
  }
  const owners: number[] = [];
  const createdBy: number[] = [];
  const attached: { identifier: Identifier; profileId: number; sighting: number }[] = [];
  const merges: Merge[] = [];
  const collisions: Collision[] = [];

  for (const [sighting, { identifiers, explicit }] of sightings.entries()) {
    let owner = 0;
    let strongest: Identifier | null = null;
    let waiting: Identifier[] = [];

    const attach = (identifier: Identifier): void => {
      holders.set(identifier.key, owner);
      state.count(owner, identifier.namespace);
      attached.push({ identifier, profileId: owner, sighting });
    };
    const create = (): void => {
      owner = -createdBy.push(sighting);
      state.place(owner, owner);
      for (const identifier of waiting) attach(identifier);
      strongest = waiting[0] ?? null;
      waiting = [];
    };

    for (const identifier of identifiers) {
      const holder = holders.get(identifier.key);
      if (holder === undefined) {
        if (owner === 0) waiting.push(identifier);
        else if (explicit || state.hasRoom(owner, [identifier])) attach(identifier);
        else collisions.push({ profileId: owner, otherProfileId: null, identifier, reason: 'limit', sighting });
        continue;
      }
      if (owner === 0 && (explicit || state.hasRoom(holder, waiting))) {
        owner = holder;
        strongest = waiting[0] ?? identifier;
        for (const stronger of waiting) attach(stronger);
        waiting = [];
        continue;
      }
      if (owner === 0) create();
      const merge = state.merge(owner, holder, explicit);
      if (merge === 'same') continue;
      if (typeof merge === 'string') {
        collisions.push({ profileId: owner, otherProfileId: holder, identifier, reason: merge, sighting });
      } else {
        merges.push({ ...merge, sighting, identifiers: [strongest ?? identifier, identifier] });
      }
    }
    if (owner === 0 && waiting.length > 0) create();
    owners.push(owner);
  }
  return { owners, created: createdBy.length, createdBy, attached, merges, roots: state.moved(), collisions };
}

/** Which rows stand under which root while the batch is walked: a union–find with counts and "not the same" marks. */
export class Roots {
  readonly #rules: NamespaceRules;
  readonly #rootOf = new Map<number, number>();
  readonly #parent = new Map<number, number>();
  readonly #counts = new Map<number, Map<string, number>>();
  readonly #apart = new Map<number, Set<number>>();

  constructor(known: Known, rules: NamespaceRules) {
    this.#rules = rules;
    for (const [root, counts] of known.counts) this.#counts.set(root, new Map(counts));
    for (const [a, b] of known.apart) {
      this.#markApart(a, b);
      this.#markApart(b, a);
    }
  }

  /** States that a profile row stands under a root. */
  place(profileId: number, rootId: number): void {
    this.#rootOf.set(profileId, rootId);
  }

  #find(profileId: number): number {
    let root = this.#rootOf.get(profileId) ?? profileId;
    for (let parent = this.#parent.get(root); parent !== undefined; parent = this.#parent.get(root)) root = parent;
    return root;
  }

  #countsOf(root: number): Map<string, number> {
    let counts = this.#counts.get(root);
    if (counts === undefined) {
      counts = new Map();
      this.#counts.set(root, counts);
    }
    return counts;
  }

  count(profileId: number, namespace: string): void {
    const counts = this.#countsOf(this.#find(profileId));
    counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
  }

  /** Whether the customer may hold these further identifiers. */
  hasRoom(profileId: number, identifiers: readonly Identifier[]): boolean {
    const counts = this.#countsOf(this.#find(profileId));
    const more = new Map<string, number>();
    for (const { namespace } of identifiers) more.set(namespace, (more.get(namespace) ?? 0) + 1);
    for (const [namespace, extra] of more) {
      if ((counts.get(namespace) ?? 0) + extra > ruleFor(this.#rules, namespace).maxPerProfile) return false;
    }
    return true;
  }

  /** Joins two customers; the older root (a stored one before a new one) stays. */
  merge(
    a: number,
    b: number,
    explicit: boolean,
  ): { winnerId: number; loserId: number } | 'same' | 'limit' | 'kept_apart' {
    const left = this.#find(a);
    const right = this.#find(b);
    if (left === right) return 'same';
    if (this.#apart.get(left)?.has(right) === true) return 'kept_apart';
    const [leftCounts, rightCounts] = [this.#countsOf(left), this.#countsOf(right)];
    for (const [namespace, count] of rightCounts) {
      const together = count + (leftCounts.get(namespace) ?? 0);
      const max = ruleFor(this.#rules, namespace).maxPerProfile;
      if (!explicit && leftCounts.has(namespace) && together > max) return 'limit';
    }
    const leftStays = left > 0 === right > 0 ? Math.abs(left) < Math.abs(right) : left > 0;
    const [winnerId, loserId] = leftStays ? [left, right] : [right, left];
    this.#parent.set(loserId, winnerId);
    const counts = this.#countsOf(winnerId);
    for (const [namespace, count] of this.#countsOf(loserId))
      counts.set(namespace, (counts.get(namespace) ?? 0) + count);
    for (const other of this.#apart.get(loserId) ?? []) {
      this.#markApart(winnerId, other);
      this.#markApart(other, winnerId);
    }
    return { winnerId, loserId };
  }

  #markApart(a: number, b: number): void {
    const others = this.#apart.get(a);
    if (others === undefined) this.#apart.set(a, new Set([b]));
    else others.add(b);
  }

  /** Every root that lost its place, with the root it ended under. */
  moved(): Map<number, number> {
    return new Map([...this.#parent.keys()].map((root) => [root, this.#find(root)]));
  }
}
