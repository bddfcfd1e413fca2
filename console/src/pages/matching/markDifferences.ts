/** A stretch of a value: shared with the other one, or not. */
export interface Piece {
  readonly text: string;
  readonly differs: boolean;
}

/** Longer values are told apart as a whole: the letters would be a puzzle. */
const longest = 80;
/** With less in common than this, marks on single letters would be noise. */
const leastShared = 0.4;

/** A letter without accent and case: these do not make two values different. */
const bare = (letter: string): string => [...letter.normalize('NFD')][0]?.toLowerCase() ?? '';

const whole = (text: string, differs: boolean): readonly Piece[] => (text === '' ? [] : [{ text, differs }]);

/** Lengths of the longest common subsequence of every pair of ends. */
function commonLengths(left: readonly string[], right: readonly string[]): number[][] {
  const table = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--) {
      const row = table[i];
      if (row === undefined) continue;
      row[j] =
        bare(left[i] ?? '') === bare(right[j] ?? '')
          ? 1 + (table[i + 1]?.[j + 1] ?? 0)
          : Math.max(table[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  return table;
}

function piecesOf(letters: readonly string[], shared: ReadonlySet<number>): readonly Piece[] {
  const pieces: { text: string; differs: boolean }[] = [];
  for (const [at, letter] of letters.entries()) {
    const differs = !shared.has(at);
    const last = pieces.at(-1);
    if (last?.differs === differs) last.text += letter;
    else pieces.push({ text: letter, differs });
  }
  return pieces;
}

/** Two values as pieces, those marked that the other one does not have. Nothing is marked when they have little in common. */
export function markDifferences(left: string, right: string): readonly [readonly Piece[], readonly Piece[]] {
  const [a, b] = [[...left], [...right]];
  if (a.length > longest || b.length > longest) return [whole(left, false), whole(right, false)];
  const table = commonLengths(a, b);
  if ((table[0]?.[0] ?? 0) < leastShared * Math.max(a.length, b.length))
    return [whole(left, false), whole(right, false)];
  const [inLeft, inRight] = [new Set<number>(), new Set<number>()];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (bare(a[i] ?? '') === bare(b[j] ?? '')) {
      inLeft.add(i++);
      inRight.add(j++);
    } else if ((table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0)) i++;
    else j++;
  }
  return [piecesOf(a, inLeft), piecesOf(b, inRight)];
}
