const most = 20;

/** Equal steps with round ends that hold every value, at most 20 of them. */
export function chooseSteps(lowest: number, highest: number): { from: number; step: number; steps: number } {
  const range = highest - lowest;
  if (!(range > 0)) return { from: lowest, step: 1, steps: 1 };
  const raw = range / most;
  const size = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((factor) => factor * size >= raw) ?? 10) * size;
  // One step more, so that the largest value lies in the last one and not at its end; or the ends fall outside the range.
  const from = Math.floor(lowest / step) * step;
  return { from, step, steps: Math.floor((highest - from) / step) + 1 };
}
