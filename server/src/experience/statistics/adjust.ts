/** p-values in order of size with their places, and back again. */
function inOrder(pValues: readonly number[], adjust: (sorted: readonly number[]) => number[]): number[] {
  const order = pValues.map((_, index) => index).toSorted((a, b) => (pValues[a] ?? 1) - (pValues[b] ?? 1));
  const adjusted = adjust(order.map((index) => pValues[index] ?? 1));
  const answer = new Array<number>(pValues.length).fill(1);
  for (const [rank, index] of order.entries()) answer[index] = adjusted[rank] ?? 1;
  return answer;
}

/** Benjamini and Hochberg 1995: among what is called significant, no more than alpha is false on average. */
export const adjustFalseDiscovery = (pValues: readonly number[]): number[] =>
  inOrder(pValues, (sorted) => {
    let least = 1;
    return sorted
      .map((p, rank) => (p * sorted.length) / (rank + 1))
      .toReversed()
      .map((p) => {
        least = Math.min(least, p);
        return least;
      })
      .toReversed();
  });

/** Holm 1979: with the chance of alpha no more, nothing at all is called significant falsely. */
export const adjustFamilyWise = (pValues: readonly number[]): number[] =>
  inOrder(pValues, (sorted) => {
    let most = 0;
    return sorted.map((p, rank) => {
      most = Math.max(most, Math.min(1, p * (sorted.length - rank)));
      return most;
    });
  });
