/** What was made, with the way back. */
export interface Past<State> {
  readonly now: State;
  readonly before: readonly State[];
  readonly after: readonly State[];
  /** What the newest step was about: typing into one field is one step. */
  readonly about: string | null;
}

const most = 100;

export const begin = <State>(now: State): Past<State> => ({ now, before: [], after: [], about: null });

/** A step; one about the same thing as the last joins it. */
export function step<State>(past: Past<State>, now: State, about: string | null): Past<State> {
  const joins = about !== null && about === past.about;
  return { now, before: joins ? past.before : [...past.before, past.now].slice(-most), after: [], about };
}

export function undo<State>(past: Past<State>): Past<State> {
  const now = past.before.at(-1);
  if (now === undefined) return past;
  return { now, before: past.before.slice(0, -1), after: [past.now, ...past.after], about: null };
}

export function redo<State>(past: Past<State>): Past<State> {
  const [now, ...after] = past.after;
  if (now === undefined) return past;
  return { now, before: [...past.before, past.now], after, about: null };
}
