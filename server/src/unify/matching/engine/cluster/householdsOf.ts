import { setImmediate as pause } from 'node:timers/promises';
import type { MatchModel } from '@vitrail/contracts';
import type { Household, MatchSpace, MatchWork } from '../types.ts';
import { Workbench } from '../work.ts';
import { readPages } from './readPages.ts';

/** Members of a household at most: beyond it an address is a hotel, a school or a firm. */
const largest = 30;
/** A pair lives together from here. */
const surely = 0.5;

/** Who lives together: pairs that are probably two people of one household, people joined by clusters counting as one. */
export async function householdsOf(
  space: MatchSpace,
  model: MatchModel,
  clusters: readonly (readonly number[])[],
  work: MatchWork = {},
): Promise<readonly Household[]> {
  if (model.prior.household === 0) return [];
  const bench = new Workbench(space, work);
  const groups = new Groups();
  for (const [index, cluster] of clusters.entries()) {
    const [first = 0, ...others] = cluster;
    for (const other of others) groups.join(first, other);
    if (index % 20_000 === 19_999) await pause();
  }
  groups.countPeople(clusters);
  const pages = readPages(bench, 'page', {
    name: 'readHousemates',
    from: `select left, right, housemates from ${bench.table('pairs')} where housemates >= ${surely}`,
    orderBy: 'housemates desc, left, right',
    row: { left: 'Array(UInt64)', right: 'Array(UInt64)' },
  });
  const linked = new Set<number>();
  for await (const rows of pages) {
    for (const [index, left] of rows.left.entries()) {
      const right = rows.right[index] ?? left;
      if (!groups.joinPeople(left, right, largest)) continue;
      linked.add(left);
      linked.add(right);
    }
  }
  const members = new Map<number, number[]>();
  const mates = new Set([...linked].map((id) => groups.root(id)));
  for (const id of groups.ids()) {
    const root = groups.root(id);
    if (!mates.has(root)) continue;
    const known = members.get(root);
    if (known === undefined) members.set(root, [id]);
    else known.push(id);
  }
  await pause();
  return [...members.values()]
    .map((each) => ({ members: each.sort((a, b) => a - b) }))
    .sort((a, b) => (a.members[0] ?? 0) - (b.members[0] ?? 0));
}

/** Groups of ids that know how many people they are. */
class Groups {
  readonly #parent = new Map<number, number>();
  readonly #people = new Map<number, number>();

  root(id: number): number {
    let at = id;
    for (let up = this.#parent.get(at); up !== undefined && up !== at; up = this.#parent.get(at)) at = up;
    if (this.#parent.get(id) !== at) this.#parent.set(id, at);
    return at;
  }

  join(left: number, right: number): void {
    const [a, b] = [this.root(left), this.root(right)];
    if (a !== b) this.#parent.set(Math.max(a, b), Math.min(a, b));
  }

  countPeople(clusters: readonly (readonly number[])[]): void {
    for (const [first = 0] of clusters) this.#people.set(this.root(first), 1);
  }

  joinPeople(left: number, right: number, most: number): boolean {
    const [a, b] = [this.root(left), this.root(right)];
    if (a === b) return false;
    const people = (this.#people.get(a) ?? 1) + (this.#people.get(b) ?? 1);
    if (people > most) return false;
    this.join(a, b);
    this.#people.set(this.root(a), people);
    return true;
  }

  ids(): Iterable<number> {
    return this.#parent.keys();
  }
}
