/** Moves labels apart so that each keeps `gap` pixels to the next, within `low` and `high`, as near to its goal as can be. */
export function spread(goals: readonly number[], gap: number, low: number, high: number): number[] {
  const order = goals.map((goal, at) => ({ goal, at })).sort((one, other) => one.goal - other.goal);
  const placed: number[] = [];
  for (const { goal } of order) placed.push(Math.max(goal, low, (placed.at(-1) ?? Number.NEGATIVE_INFINITY) + gap));
  // What was pushed below the end is lifted, and lifts what stands above it.
  let limit = high;
  for (let at = placed.length - 1; at >= 0; at--) {
    placed[at] = Math.min(placed[at] ?? 0, limit);
    limit = (placed[at] ?? 0) - gap;
  }
  const result = new Array<number>(goals.length).fill(0);
  for (const [place, { at }] of order.entries()) result[at] = placed[place] ?? 0;
  return result;
}
