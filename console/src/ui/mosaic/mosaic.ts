import type { Family } from '../theme/palette.ts';

/** What a picture is made of: one fragment per identifier, coloured by the family of the source that gave it. */
export interface MosaicInput {
  /** Anything that stays the same for one customer; the cut of the glass follows from it. */
  readonly seed: string;
  readonly fragments: readonly Family[];
}

export interface Pane {
  /** `x,y` pairs in a 100 × 100 square. */
  readonly points: string;
  /** Null: no fragment is known for this pane yet; it is drawn as clear glass. */
  readonly family: Family | null;
  /** 0 lightest … 3 deepest: neighbouring panes of one family stay apart. */
  readonly tint: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Below this many fragments the window shows gaps: what is not known yet. */
const completeAt = 5;

/** FNV-1a, then mulberry32: small, fast, the same on every machine. */
function randomFrom(seed: string): () => number {
  let state = 2166136261;
  for (let at = 0; at < seed.length; at++) state = Math.imul(state ^ seed.charCodeAt(at), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The part of `polygon` nearer to `own` than to `other` (Sutherland–Hodgman against the bisector). */
function keepNearer(polygon: readonly Point[], own: Point, other: Point): Point[] {
  const side = (point: Point) =>
    (point.x - (own.x + other.x) / 2) * (other.x - own.x) + (point.y - (own.y + other.y) / 2) * (other.y - own.y);
  return polygon.flatMap((from, at) => {
    const to = polygon[(at + 1) % polygon.length] ?? from;
    const [before, after] = [side(from), side(to)];
    const kept = before <= 0 ? [from] : [];
    if (before <= 0 === after <= 0) return kept;
    const share = before / (before - after);
    return [...kept, { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }];
  });
}

const square: readonly Point[] = [
  { x: 0, y: 0 },
  { x: 100, y: 0 },
  { x: 100, y: 100 },
  { x: 0, y: 100 },
];

const cellOf = (centres: readonly Point[], own: Point): Point[] =>
  centres.reduce<Point[]>((cell, other) => (other === own ? cell : keepNearer(cell, own, other)), [...square]);

const middle = (cell: readonly Point[]): Point => ({
  x: cell.reduce((sum, point) => sum + point.x, 0) / cell.length,
  y: cell.reduce((sum, point) => sum + point.y, 0) / cell.length,
});

/** Centres spread on a sunflower spiral, shaken by the seed, eased once: irregular panes, none a splinter. */
function cutGlass(count: number, random: () => number): Point[][] {
  const turn = random() * Math.PI * 2;
  const centres = Array.from({ length: count }, (_, at): Point => {
    const radius = 46 * Math.sqrt((at + 0.5) / count);
    const angle = turn + at * 2.39996 + (random() - 0.5) * 0.9;
    const reach = radius * (0.86 + random() * 0.28);
    return { x: 50 + Math.cos(angle) * reach, y: 50 + Math.sin(angle) * reach };
  });
  const eased = centres.map((own): Point => {
    const goal = middle(cellOf(centres, own));
    return { x: own.x + (goal.x - own.x) * 0.35, y: own.y + (goal.y - own.y) * 0.35 };
  });
  return eased.map((own) => cellOf(eased, own));
}

/** Families in turn, so that one colour does not sink to one side, then the order the seed gives. */
function interleave(fragments: readonly Family[]): Family[] {
  const left = new Map<Family, number>();
  for (const family of fragments) left.set(family, (left.get(family) ?? 0) + 1);
  const mixed: Family[] = [];
  while (mixed.length < fragments.length)
    for (const [family, count] of [...left].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])))
      if (count > 0) {
        mixed.push(family);
        left.set(family, count - 1);
      }
  return mixed;
}

/** When there are more fragments than panes, every family keeps its share, and one pane at least. */
function fit(fragments: readonly Family[], capacity: number): Family[] {
  if (fragments.length <= capacity) return interleave(fragments);
  const shares = countFamilies(fragments).map(([family, count]) => ({
    family,
    panes: Math.max(1, Math.floor((count * capacity) / fragments.length)),
  }));
  let spare = capacity - shares.reduce((sum, share) => sum + share.panes, 0);
  for (let at = 0; spare !== 0; at = (at + 1) % shares.length) {
    const share = shares[at];
    if (share === undefined) break;
    if (spare < 0 && share.panes === 1) continue;
    share.panes += Math.sign(spare);
    spare -= Math.sign(spare);
  }
  return interleave(shares.flatMap(({ family, panes }) => Array.from({ length: panes }, () => family)));
}

/** The panes of one customer's window; the same input always gives the same picture. */
export function cutMosaic(input: MosaicInput, capacity: number): readonly Pane[] {
  const random = randomFrom(input.seed);
  const filled = fit(input.fragments, capacity);
  const cells = cutGlass(Math.max(completeAt, filled.length), random);
  // The middle panes are filled first: the gaps lie at the rim.
  return cells.map((cell, at) => ({
    points: cell.map((point) => `${point.x.toFixed(1)},${point.y.toFixed(1)}`).join(' '),
    family: filled[at] ?? null,
    tint: Math.floor(random() * 4),
  }));
}

/** How many fragments each family gave, most first: the words of the picture. */
export function countFamilies(fragments: readonly Family[]): readonly (readonly [Family, number])[] {
  const counts = new Map<Family, number>();
  for (const family of fragments) counts.set(family, (counts.get(family) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}
