import { ApiError } from '../../../api/problem.ts';
import type { DraftLeaf } from './draft.ts';

/** What the server objects to, and the part of the draft it means; null when it means none or the whole. */
export interface PlacedProblem {
  readonly key: number | null;
  readonly text: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Places as the server writes them, `of.0.of.2` or `/definition/of/0/test`, to the nearest part above. */
function nearest(place: string, keys: ReadonlyMap<string, number>): number | null {
  const steps = place.split(/[./]/).filter((step) => step !== '' && step !== 'definition' && step !== 'body');
  for (let length = steps.length; length > 0; length -= 1) {
    const key = keys.get(steps.slice(0, length).join('.'));
    if (key !== undefined) return key;
  }
  return null;
}

export function placeProblem(
  error: unknown,
  keys: ReadonlyMap<string, number>,
  leaves: readonly DraftLeaf[],
): readonly PlacedProblem[] {
  if (!(error instanceof ApiError) || error.status !== 400) return [];
  const { errors, path } = error.details;
  if (Array.isArray(errors)) {
    const placed = errors.filter(isRecord).map(({ field, problem }) => ({
      key: typeof field === 'string' ? nearest(field, keys) : null,
      text: typeof problem === 'string' ? problem : error.message,
    }));
    if (placed.length > 0) return placed;
  }
  if (typeof path === 'string') return [{ key: nearest(path, keys), text: error.message }];
  // A regular expression is found wrong only where it runs: it can be none but those written here.
  const patterns = leaves.filter(({ condition }) => JSON.stringify(condition).includes('"op":"matches"'));
  if (error.code === 'decide.pattern_invalid' && patterns.length > 0)
    return patterns.map(({ key }) => ({ key, text: error.message }));
  return [{ key: null, text: error.message }];
}
