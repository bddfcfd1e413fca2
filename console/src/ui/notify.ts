/** What the console says after a deed. */
export interface Notice {
  readonly title?: string;
  readonly message: string;
  /** What can be done about it: taking it back. */
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Milliseconds it stays; enough to read by default. */
  readonly autoClose?: number;
}
export interface ShownNotice extends Notice {
  readonly id: number;
}

type Listener = (notices: readonly ShownNotice[]) => void;

/** A list of notices that goes away by itself, watched by the one place that draws it. */
export function createNotices(after: (milliseconds: number, run: () => void) => void) {
  let notices: readonly ShownNotice[] = [];
  let next = 1;
  const listeners = new Set<Listener>();
  const change = (changed: readonly ShownNotice[]) => {
    notices = changed;
    for (const listener of listeners) listener(notices);
  };
  const close = (id: number) => change(notices.filter((notice) => notice.id !== id));
  return {
    show(notice: Notice): void {
      const id = next++;
      change([...notices, { ...notice, id }].slice(-4));
      after(notice.autoClose ?? 6_000, () => close(id));
    },
    close,
    current: () => notices,
    watch(listener: Listener): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const notifications = createNotices((milliseconds, run) => void setTimeout(run, milliseconds));
