import { decodeProfileId } from '../../../collect/index.ts';
import { type Deps, Fault } from '../../../platform/index.ts';
import { readLookedOfMany, readSizesOfMany } from '../sql/many.ch.ts';
import { listMembersOfMany, readBoughtOfMany } from '../sql/many.pg.ts';
import type { Catalogue } from './catalogue.ts';
import { gather } from './gather.ts';

export type SignalKind = 'viewed' | 'added' | 'bought';
export interface Signal {
  readonly item: number;
  readonly kind: SignalKind;
  readonly product: string;
  readonly times: number;
  /** Milliseconds. */
  readonly at: number;
}

/** What is known of somebody now: read for each answer, so that a click of a minute ago counts. */
export interface Person {
  readonly root: number;
  /** Newest first. */
  readonly signals: readonly Signal[];
  /** Lower case: sizes they set, else those they bought. */
  readonly sizes: readonly string[];
}

/** What the stores hold of somebody, before it is seen with a catalogue. */
export interface Known {
  readonly root: number;
  readonly done: readonly Omit<Signal, 'item'>[];
  /** As they set them. */
  readonly sizes: readonly string[];
}

type PeopleDeps = Pick<Deps, 'pg' | 'ch' | 'clock'>;

interface ManyPeople {
  /** Any profile rows. */
  readonly profiles: readonly number[];
  /** Those whose sizes are asked for. */
  readonly sized: ReadonlySet<number>;
  /** Looks, and products bought, of each profile row: the newest so many. */
  readonly looked: number;
  readonly bought: number;
}

const interestDays = 180;
const dayMs = 86_400_000;

/** What people did lately, by the profile row that was asked about, with all rows of the customer. Who is gone is left out. */
export async function readKnown(
  { pg, ch, clock }: PeopleDeps,
  workspace: number,
  { profiles, sized, looked, bought }: ManyPeople,
): Promise<ReadonlyMap<number, Known>> {
  const rows = await pg.rows(listMembersOfMany, { workspace, profiles: [...new Set(profiles)] });
  if (rows.length === 0) return new Map();
  const rootOf = new Map(rows.map(({ id, root }) => [id, root]));
  const roots = [...new Set(rows.filter(({ asked }) => sized.has(asked)).map(({ root }) => root))];
  const until = clock.now().getTime();
  const since = until - interestDays * dayMs;
  const members = [...rootOf.keys()];
  const [seen, owned, sizes] = await Promise.all([
    ch.rows(readLookedOfMany, { workspace, members, since, until, looked }),
    pg.rows(readBoughtOfMany, { workspace, members, bought }),
    roots.length === 0 ? [] : ch.rows(readSizesOfMany, { workspace, roots }),
  ]);
  const byRoot = new Map<number, Map<string, Omit<Signal, 'item'>>>();
  const add = (profile: number, { kind, product, times, at }: Omit<Signal, 'item'>): void => {
    const root = rootOf.get(profile);
    if (root === undefined) return;
    const own = byRoot.get(root) ?? new Map<string, Omit<Signal, 'item'>>();
    byRoot.set(root, own);
    const other = own.get(`${kind} ${product}`);
    const sum = { times: times + (other?.times ?? 0), at: Math.max(at, other?.at ?? 0) };
    own.set(`${kind} ${product}`, { kind, product, ...sum });
  };
  for (const { profile, event, product, at } of seen)
    add(profile, { kind: event === 'Product Added' ? 'added' : 'viewed', product, times: 1, at });
  for (const { profile, ...row } of owned) add(profile, { kind: 'bought', ...row });
  const sizesOf = new Map(sizes.map((row) => [row.profile, row.sizes]));
  return new Map(
    rows.map(({ asked, root }) => [
      asked,
      { root, done: [...(byRoot.get(root)?.values() ?? [])], sizes: sizesOf.get(root) ?? [] },
    ]),
  );
}

/** `sizeOf` says which size a product has; without it sizes were not asked for. */
export function toPerson(
  { root, done, sizes }: Known,
  catalogue: Catalogue,
  sizeOf: ((product: string) => string | null) | null,
): Person {
  const signals: Signal[] = [];
  for (const each of done) {
    const item = catalogue.byProduct.get(each.product);
    if (item !== undefined) signals.push({ item, ...each });
  }
  signals.sort((one, other) => other.at - one.at || one.item - other.item);
  const own = sizes.filter((size) => size !== '');
  const bought = sizeOf === null ? [] : done.filter(({ kind }) => kind === 'bought');
  const worn = bought.map(({ product }) => sizeOf?.(product) ?? null).filter((size) => size !== null);
  return { root, signals, sizes: [...new Set((own.length > 0 ? own : worn).map((size) => size.toLowerCase()))] };
}

interface Asked {
  readonly workspace: number;
  readonly profile: number;
  readonly withSizes: boolean;
}

const [looked, bought] = [400, 2_000];

/** Reads what people did, those asked about at the same time together. One for each process. */
export class People {
  readonly #deps: PeopleDeps;
  readonly #ask = gather((asked: readonly Asked[]) => this.#readAll(asked));

  constructor(deps: PeopleDeps) {
    this.#deps = deps;
  }

  /** Throws `not_found` for nobody. */
  async read(workspace: number, profile: string, withSizes: boolean): Promise<Known> {
    const decoded = decodeProfileId(profile);
    const known = decoded === null ? null : await this.#ask({ workspace, profile: decoded, withSizes });
    if (known === null) throw new Fault('not_found', 'unify.no_such_profile', 'There is no such profile.');
    return known;
  }

  async #readAll(asked: readonly Asked[]): Promise<(Known | null)[]> {
    const workspaces = [...new Set(asked.map(({ workspace }) => workspace))];
    const found = await Promise.all(
      workspaces.map(async (workspace) => {
        const own = asked.filter((each) => each.workspace === workspace);
        const sized = new Set(own.filter(({ withSizes }) => withSizes).map(({ profile }) => profile));
        const profiles = own.map(({ profile }) => profile);
        return [workspace, await readKnown(this.#deps, workspace, { profiles, sized, looked, bought })] as const;
      }),
    );
    const byWorkspace = new Map(found);
    return asked.map(({ workspace, profile }) => byWorkspace.get(workspace)?.get(profile) ?? null);
  }
}
