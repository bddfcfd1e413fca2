/**
 * Gives the candidates with the highest score first, without sorting them all: an answer takes ten of thousands. Equal
 * scores: the one before in `order`.
 */
export function* bestFirst<T extends { readonly score: number }>(
  candidates: readonly T[],
  order: (one: T, other: T) => number,
): Generator<T> {
  const heap = candidates.slice();
  const isBefore = (one: T | undefined, other: T | undefined): boolean =>
    one !== undefined &&
    other !== undefined &&
    (one.score > other.score || (one.score === other.score && order(one, other) < 0));
  const sink = (from: number): void => {
    for (let at = from; ; ) {
      const left = 2 * at + 1;
      const below = isBefore(heap[left + 1], heap[left]) ? left + 1 : left;
      const [own, best] = [heap[at], heap[below]];
      if (own === undefined || best === undefined || !isBefore(best, own)) return;
      heap[at] = best;
      heap[below] = own;
      at = below;
    }
  };
  for (let at = (heap.length >> 1) - 1; at >= 0; at -= 1) sink(at);
  for (let first = heap[0]; first !== undefined; first = heap[0]) {
    yield first;
    const last = heap.pop();
    if (heap.length === 0 || last === undefined) return;
    heap[0] = last;
    sink(0);
  }
}
