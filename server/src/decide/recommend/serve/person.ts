import { decodeProfileId } from '../../../collect/index.ts';
import { type Deps, Fault } from '../../../platform/index.ts';
import { listMembers } from '../sql/products.pg.ts';
import { readDone, readSizes } from '../sql/serving.ch.ts';
import type { Catalogue } from './catalogue.ts';

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

const kindOf = (text: string): SignalKind => (text === 'bought' || text === 'added' ? text : 'viewed');

const interestDays = 180;
const dayMs = 86_400_000;

/** Throws `not_found` for nobody. Without `sizesOf` nothing is asked about sizes. */
export async function readPerson(
  deps: Pick<Deps, 'pg' | 'ch' | 'clock'>,
  workspace: number,
  {
    catalogue,
    profile,
    sizesOf,
  }: { catalogue: Catalogue; profile: string; sizesOf: ((product: string) => string | null) | null },
): Promise<Person> {
  const decoded = decodeProfileId(profile);
  const members = decoded === null ? [] : await deps.pg.rows(listMembers, { workspace, profile: decoded });
  const root = members[0]?.root_id;
  if (root === undefined) throw new Fault('not_found', 'unify.no_such_profile', 'There is no such profile.');
  const ids = members.map(({ id }) => id);
  const until = deps.clock.now().getTime();
  const [done, set] = await Promise.all([
    deps.ch.rows(readDone, { workspace, members: ids, since: until - interestDays * dayMs, until }),
    sizesOf === null ? [] : deps.ch.rows(readSizes, { workspace, root }),
  ]);
  const signals: Signal[] = [];
  for (const { kind, product, times, at } of done) {
    const item = catalogue.byProduct.get(product);
    if (item !== undefined) signals.push({ item, kind: kindOf(kind), product, times, at });
  }
  signals.sort((one, other) => other.at - one.at || one.item - other.item);
  const own = (set[0]?.sizes ?? []).filter((size) => size !== '');
  const bought = done.filter(({ kind }) => kind === 'bought');
  const worn = bought.map(({ product }) => sizesOf?.(product) ?? null).filter((size) => size !== null);
  return { root, signals, sizes: [...new Set((own.length > 0 ? own : worn).map((size) => size.toLowerCase()))] };
}
