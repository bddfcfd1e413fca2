const averageNames = [
  'average_rating',
  'rating',
  'rating_value',
  'product_rating',
  'note_moyenne',
  'note',
  'avis_note',
];
const countNames = [
  'review_count',
  'reviews_count',
  'rating_count',
  'number_of_reviews',
  'reviews',
  'nombre_avis',
  'avis',
];

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^g:/, '')
    .replace(/[\s-]+/g, '_');

function numberOf(value: unknown): number | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  const found = /^\s*(\d+(?:[.,]\d+)?)/.exec(String(value))?.[1];
  return found === undefined ? null : Number(found.replace(',', '.'));
}

/** What reviews say, when the feed has it under one of the usual names; out of five. */
export function readRating(attributes: Readonly<Record<string, unknown>>): { average: number; reviews: number } | null {
  const byName = new Map(Object.entries(attributes).map(([name, value]) => [plain(name), value]));
  const first = (names: readonly string[]): number | null =>
    names.map((name) => numberOf(byName.get(name))).find((value) => value !== null) ?? null;
  const [average, reviews] = [first(averageNames), first(countNames)];
  if (average === null || average <= 0 || average > 5) return null;
  return { average, reviews: Math.trunc(reviews ?? 0) };
}
