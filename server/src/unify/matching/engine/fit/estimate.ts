import type { Patterns } from './patterns.ts';

/** What the estimate needs to know of a comparison. */
export interface ComparisonShape {
  readonly name: string;
  readonly levels: readonly string[];
  /**
   * For an e-mail whose names agree: place of the comparison where they do not. Likeness of two strangers' addresses then
   * depends on the names and is learnt from the compared pairs; the very same address is as rare as anywhere.
   */
  readonly unlikeNames: number | null;
  /** Share of the same address among housemates is that of one person: both live there. */
  readonly isAddress: boolean;
  /** Housemates rarely have it in common (given name, birth date) or never (an identifier): `housematesShare` more than strangers. */
  readonly housematesShare: number | null;
  /** People keep it all their lives: what is known of such values weighs as much as this many pairs of one person. */
  readonly knownPairs: number;
}

export interface Estimate {
  /** Per comparison, per level: shares among pairs of one person, of strangers, of housemates. Level 0 is unused. */
  readonly m: Float64Array[];
  readonly u: Float64Array[];
  readonly h: Float64Array[];
  readonly prior: { match: number; household: number };
  readonly rounds: number;
  readonly converged: boolean;
  readonly expectedMatches: number;
  readonly expectedHousemates: number;
}

export interface EstimateInput {
  readonly shapes: readonly ComparisonShape[];
  readonly compared: Patterns;
  readonly random: Patterns;
  /** All pairs there could be. */
  readonly allPairs: number;
  readonly pause: () => Promise<void>;
}

/** Shares to begin with, by the kind of level; for what people keep all their lives also what is known beforehand. */
const startOfMatch: Readonly<Record<string, number>> = {
  exact: 20,
  exact_crowded: 0.5,
  swapped: 0.3,
  nickname: 1,
  part: 1,
  close: 2,
  initial: 1,
  similar: 0.7,
  day_month_swapped: 1,
  one_digit: 1.5,
  year_known: 0.7,
  two_parts: 0.7,
  same_year: 0.3,
  same_user: 1,
  street_elsewhere: 0.5,
  same_postal_code: 0.7,
  same_postal_code_no_street: 2,
  same_city: 1,
  same_core: 2,
  one_sign: 1.5,
  different: 1,
};

const rounds = 300;
const stillness = 1e-4;
/** Pairs imagined on each level beside those counted: keeps a level nobody was on from being impossible. */
const imagined = 1;

const normalise = (shares: Float64Array): Float64Array => {
  let sum = 0;
  for (let level = 1; level < shares.length; level++) sum += shares[level] ?? 0;
  for (let level = 1; level < shares.length; level++) shares[level] = sum > 0 ? (shares[level] ?? 0) / sum : 0;
  return shares;
};

const startShares = (levels: readonly string[]): Float64Array =>
  normalise(Float64Array.from(levels, (name) => startOfMatch[name] ?? 1));

/**
 * Expectation–maximisation with three classes: one person, strangers, two people of one household (the third because
 * people who live together share surname, address and telephone, which the textbook model takes for one person).
 *
 * Strangers' shares come from random pairs, of which the share that belongs to the other classes is taken off; those of
 * an e-mail whose names agree come from the compared pairs. Housemates are learnt from pairs at the same address.
 */
export async function estimate(input: EstimateInput): Promise<Estimate> {
  const { shapes, compared, random, allPairs } = input;
  const state = start(input);
  const addressAt = shapes.findIndex(({ isAddress }) => isAddress);
  const known = addressAt < 0 ? 0 : shareKnown(random, addressAt);
  let round = 0;
  let moved = Number.POSITIVE_INFINITY;
  let [matches, housemates] = [0, 0];
  for (; round < rounds && moved > stillness; round++) {
    const sums = expect(state, compared, shapes, addressAt);
    const randomSums = expect(state, random, shapes, addressAt);
    matches = sums.matches;
    housemates = sums.housemates;
    moved = maximise(state, sums, randomSums, shapes, addressAt);
    state.match = Math.min(0.5, Math.max(matches, 1) / allPairs);
    const atAddress = addressAt < 0 ? 0 : (state.m[addressAt]?.[1] ?? 0);
    const reach = atAddress * known;
    state.household = housemates < 10 || reach <= 0 ? 0 : Math.min(0.3, sums.atSameAddress / reach / allPairs);
    await input.pause();
  }
  return {
    m: state.m,
    u: state.u,
    h: state.h,
    prior: { match: state.match, household: state.household },
    rounds: round,
    converged: moved <= stillness,
    expectedMatches: matches,
    expectedHousemates: housemates,
  };
}

interface State {
  m: Float64Array[];
  u: Float64Array[];
  h: Float64Array[];
  match: number;
  household: number;
}

function start({ shapes, random, compared, allPairs }: EstimateInput): State {
  const total = (patterns: Patterns): number => patterns.counts.reduce((sum, count) => sum + count, 0);
  const shares = (patterns: Patterns): Float64Array[] => {
    const sums = shapes.map(({ levels }) => new Float64Array(levels.length).fill(0.5));
    for (let row = 0; row < patterns.size; row++) {
      for (let at = 0; at < shapes.length; at++) {
        const level = patterns.levels[row * patterns.width + at] ?? 0;
        const own = sums[at];
        if (own !== undefined) own[level] = (own[level] ?? 0) + (patterns.counts[row] ?? 0);
      }
    }
    return sums.map(normalise);
  };
  const u = shares(random);
  const m = shapes.map(({ levels }) => startShares(levels));
  // Housemates: the address of one person, the surname often, everything else as strangers.
  const h = shapes.map(({ isAddress, levels }, at) => {
    const [own, other] = [m[at] ?? new Float64Array(levels.length), u[at] ?? new Float64Array(levels.length)];
    const share = isAddress ? 1 : levels.includes('part') && levels.includes('close') ? 0.6 : 0.03;
    return normalise(own.map((value, level) => share * value + (1 - share) * (other[level] ?? 0)));
  });
  const hasAddress = shapes.some(({ isAddress }) => isAddress);
  const some = Math.max(1, total(compared) * 0.1) / allPairs;
  return { m, u, h, match: some, household: hasAddress ? some : 0 };
}

const shareKnown = (patterns: Patterns, at: number): number => {
  let [known, all] = [0, 0];
  for (let row = 0; row < patterns.size; row++) {
    const count = patterns.counts[row] ?? 0;
    all += count;
    if (patterns.levels[row * patterns.width + at] !== 0) known += count;
  }
  return all === 0 ? 0 : known / all;
};

interface Sums {
  readonly m: Float64Array[];
  readonly u: Float64Array[];
  readonly h: Float64Array[];
  matches: number;
  housemates: number;
  atSameAddress: number;
}

/** Expected pairs of each class on each level. */
function expect(state: State, patterns: Patterns, shapes: readonly ComparisonShape[], addressAt: number): Sums {
  const empty = (): Float64Array[] => shapes.map(({ levels }) => new Float64Array(levels.length));
  const sums: Sums = { m: empty(), u: empty(), h: empty(), matches: 0, housemates: 0, atSameAddress: 0 };
  const log = (tables: Float64Array[]): Float64Array[] =>
    tables.map((table) => table.map((share) => Math.log(Math.max(share, 1e-12))));
  const [logM, logU, logH] = [log(state.m), log(state.u), log(state.h)];
  const priorM = Math.log(state.match);
  const priorU = Math.log(Math.max(1e-9, 1 - state.match - state.household));
  const priorH = state.household > 0 ? Math.log(state.household) : Number.NEGATIVE_INFINITY;
  const { width, size, levels, counts } = patterns;
  for (let row = 0; row < size; row++) {
    let [m, u, h] = [priorM, priorU, priorH];
    for (let at = 0; at < width; at++) {
      const level = levels[row * width + at] ?? 0;
      if (level === 0) continue;
      m += logM[at]?.[level] ?? 0;
      u += logU[at]?.[level] ?? 0;
      h += logH[at]?.[level] ?? 0;
    }
    const top = Math.max(m, u, h);
    const [em, eu, eh] = [Math.exp(m - top), Math.exp(u - top), Math.exp(h - top)];
    const scale = (counts[row] ?? 0) / (em + eu + eh);
    const [pm, pu, ph] = [em * scale, eu * scale, eh * scale];
    sums.matches += pm;
    sums.housemates += ph;
    const atAddress = addressAt >= 0 && levels[row * width + addressAt] === 1;
    if (atAddress) sums.atSameAddress += ph;
    for (let at = 0; at < width; at++) {
      const level = levels[row * width + at] ?? 0;
      if (level === 0) continue;
      const [ownM, ownU, ownH] = [sums.m[at], sums.u[at], sums.h[at]];
      if (ownM !== undefined) ownM[level] = (ownM[level] ?? 0) + pm;
      if (ownU !== undefined) ownU[level] = (ownU[level] ?? 0) + pu;
      if (atAddress && ownH !== undefined) ownH[level] = (ownH[level] ?? 0) + ph;
    }
  }
  return sums;
}

/** New shares; returns the largest change of one. */
function maximise(
  state: State,
  compared: Sums,
  random: Sums,
  shapes: readonly ComparisonShape[],
  addressAt: number,
): number {
  let moved = 0;
  const put = (tables: Float64Array[], at: number, sums: Float64Array | undefined, weight: number): void => {
    const fresh = normalise(Float64Array.from(sums ?? [], (value, level) => (level === 0 ? 0 : value + weight)));
    const former = tables[at];
    for (let level = 1; level < fresh.length; level++)
      moved = Math.max(moved, Math.abs((fresh[level] ?? 0) - (former?.[level] ?? 0)));
    tables[at] = fresh;
  };
  for (const [at, { levels, unlikeNames, housematesShare, knownPairs }] of shapes.entries()) {
    const known = startShares(levels);
    put(
      state.m,
      at,
      compared.m[at]?.map((value, level) => value + knownPairs * (known[level] ?? 0)),
      imagined,
    );
    if (unlikeNames === null) put(state.u, at, random.u[at], 0.5);
    else put(state.u, at, alike(compared.u[at], random.u[unlikeNames]), imagined / 1_000);
    if (at === addressAt) state.h[at] = state.m[at] ?? new Float64Array();
    else put(state.h, at, within(compared.h[at], state.u[at], housematesShare), imagined);
  }
  return moved;
}

/** Counts on each level with those of the same value, levels 1 and 2, at the rate of pairs whose names differ. */
function alike(own: Float64Array | undefined, other: Float64Array | undefined): Float64Array | undefined {
  if (own === undefined || other === undefined) return own;
  const rest = own.reduce((sum, value, level) => (level > 2 ? sum + value + imagined : sum), 0);
  const all = other.reduce((sum, value, level) => (level > 0 ? sum + value + 0.5 : sum), 0);
  return own.map((value, level) => {
    if (level === 0) return 0;
    return level > 2 ? value + imagined : (rest * ((other[level] ?? 0) + 0.5)) / all;
  });
}

/**
 * Keeps housemates two people: without it the third class becomes a second kind of one person where no households are.
 * What they have in common beyond strangers is scaled down to `most`; the last level, `different`, gets the rest.
 */
function within(
  sums: Float64Array | undefined,
  u: Float64Array | undefined,
  most: number | null,
): Float64Array | undefined {
  if (sums === undefined || u === undefined || most === null) return sums;
  const last = sums.length - 1;
  const total = sums.reduce((sum, value) => sum + value, 0);
  const common = total - (sums[last] ?? 0);
  const allowed = total * (1 - (u[last] ?? 0) + most);
  if (common <= allowed) return sums;
  return sums.map((value, level) => (level === last ? total - allowed : (value * allowed) / common));
}
