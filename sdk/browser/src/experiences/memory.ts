import type { Change, Decision } from './payload.ts';

/** What changes of a page are kept, so that the next look at it shows them from the first paint. */
export const changesKey = 'vt_changes';
const visitKey = 'vt_visit';
const mostPages = 30;
const keptMs = 7 * 86_400_000;

interface Kept {
  readonly at: number;
  readonly changes: readonly Change[];
}

const read = (storage: () => Storage, key: string): Record<string, unknown> => {
  try {
    return Object(JSON.parse(storage().getItem(key) ?? '{}'));
  } catch {
    return {}; // blocked storage, or somebody else's value
  }
};
const write = (storage: () => Storage, key: string, value: unknown): void => {
  try {
    storage().setItem(key, JSON.stringify(value));
  } catch {
    // Blocked or full: the next page asks again.
  }
};
const forget = (storage: () => Storage, key: string): void => {
  try {
    storage().removeItem(key);
  } catch {
    // Blocked storage holds nothing.
  }
};
const local = (): Storage => localStorage;
const session = (): Storage => sessionStorage;

/** Keeps the changes decided for a page; only for visitors who agreed. */
export function rememberChanges(path: string, decisions: readonly Decision[]): void {
  const changes = decisions.flatMap(({ payload }) => (payload?.kind === 'change' ? payload.changes : []));
  const kept = Object.entries(read(local, changesKey)).filter(
    (entry): entry is [string, Kept] => Date.now() - Number(Object(entry[1]).at) < keptMs && entry[0] !== path,
  );
  const pages: [string, Kept][] = changes.length === 0 ? kept : [[path, { at: Date.now(), changes }], ...kept];
  if (pages.length === 0) forget(local, changesKey);
  else write(local, changesKey, Object.fromEntries(pages.slice(0, mostPages)));
}

/** A product that was looked at on this device. */
export interface SeenProduct {
  readonly id: string;
  readonly title: string;
  readonly link: string;
  readonly price?: number | undefined;
  readonly currency?: string | undefined;
  readonly views: number;
  readonly at: number;
}
const seenKey = 'vt_seen';
const mostSeen = 12;
const seenMs = 90 * 86_400_000;

/** Newest first. */
export function readSeen(): SeenProduct[] {
  const { seen } = read(local, seenKey);
  return (Array.isArray(seen) ? seen : []).filter(
    (one) =>
      typeof one?.id === 'string' &&
      typeof one.title === 'string' &&
      typeof one.link === 'string' &&
      Date.now() - one.at < seenMs,
  );
}

/** Keeps a product that is looked at; only for visitors who agreed. Returns how often it was, with this time. */
export function noteSeen(product: Omit<SeenProduct, 'views' | 'at'>): number {
  const known = readSeen();
  const views = 1 + (known.find(({ id }) => id === product.id)?.views ?? 0);
  const others = known.filter(({ id }) => id !== product.id).slice(0, mostSeen);
  write(local, seenKey, { seen: [{ ...product, views, at: Date.now() }, ...others] });
  return views;
}

/** Nothing of the visitor stays on the device. */
export function forgetAll(): void {
  forget(local, changesKey);
  forget(local, seenKey);
  forget(session, visitKey);
}

/** How many pages this visit has seen and since when, kept for the tab; only for visitors who agreed. */
export function countVisit(mayStore: boolean, isNewPage: boolean): { pages: number; seconds: number } {
  const known = mayStore ? read(session, visitKey) : {};
  const since = typeof known.since === 'number' ? known.since : Date.now();
  const before = typeof known.pages === 'number' ? known.pages : 0;
  const pages = before + (isNewPage || before === 0 ? 1 : 0);
  if (mayStore) write(session, visitKey, { since, pages });
  return { pages, seconds: Math.round((Date.now() - since) / 1_000) };
}

/** Whether a redirect was followed in this tab before: twice would be a loop. */
export function isFirstRedirect(key: string): boolean {
  const name = `vt_to_${key}`;
  try {
    if (sessionStorage.getItem(name) !== null) return false;
    sessionStorage.setItem(name, '1');
    return true;
  } catch {
    return false;
  }
}
