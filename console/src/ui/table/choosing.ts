import { type ReactNode, useRef } from 'react';

/** Rows of a list that something is done to together. */
export interface RowChoice<Row> {
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
  /** Who or what a row is: names its box. */
  readonly nameOf: (row: Row) => string;
  /** Stands under the list while rows are chosen: what can be done with them. */
  readonly bar: ReactNode;
}

/** The keys chosen after one box, and with the shift key all boxes since the last one, took this state. */
export function chooseRange(
  chosen: ReadonlySet<string>,
  keys: readonly string[],
  { from, to, on }: { from: number; to: number; on: boolean },
): ReadonlySet<string> {
  const next = new Set(chosen);
  for (const key of keys.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    if (on) next.add(key);
    else next.delete(key);
  }
  return next;
}

/** What boxes of a table do. */
export function useChoosing<Row>(choice: RowChoice<Row> | undefined, keys: readonly string[]) {
  const last = useRef<number | null>(null);
  if (choice === undefined) return null;
  const { chosen, onChange } = choice;
  const count = keys.filter((key) => chosen.has(key)).length;
  return {
    ofPage: count === 0 ? ('none' as const) : count === keys.length ? ('all' as const) : ('some' as const),
    choosePage: (on: boolean) => onChange(chooseRange(chosen, keys, { from: 0, to: keys.length - 1, on })),
    choose: (at: number, on: boolean, isRange: boolean) => {
      const from = isRange && last.current !== null ? last.current : at;
      last.current = at;
      onChange(chooseRange(chosen, keys, { from, to: at, on }));
    },
  };
}
