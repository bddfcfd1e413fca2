/** Where two contents differ: the lines between what they share at the beginning and at the end. */
export interface Difference {
  /** `fr › mjml`. */
  readonly place: string;
  readonly removed: string;
  readonly added: string;
}

const mostLines = 40;

function flatten(value: unknown, path: readonly string[], into: Map<string, string>): Map<string, string> {
  if (value === null || typeof value !== 'object') into.set(path.join(' › '), String(value ?? ''));
  else for (const [name, part] of Object.entries(value)) flatten(part, [...path, name], into);
  return into;
}

/** Everything in two values that is not the same, of texts the lines that differ. */
export function differences(former: object, next: object): Difference[] {
  const [before, after] = [flatten(former, [], new Map()), flatten(next, [], new Map())];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((place) => before.get(place) !== after.get(place))
    .map((place) => ({ place, ...middle(before.get(place) ?? '', after.get(place) ?? '') }));
}

function middle(one: string, other: string): { removed: string; added: string } {
  const [left, right] = [one.split('\n'), other.split('\n')];
  let start = 0;
  while (start < Math.min(left.length, right.length) && left[start] === right[start]) start += 1;
  let end = 0;
  while (
    end < Math.min(left.length, right.length) - start &&
    left[left.length - 1 - end] === right[right.length - 1 - end]
  )
    end += 1;
  const cut = (lines: readonly string[]): string => {
    const part = lines.slice(start, lines.length - end);
    return part.length > mostLines ? [...part.slice(0, mostLines), '…'].join('\n') : part.join('\n');
  };
  return { removed: cut(left), added: cut(right) };
}
