import type { ConsentPreferences } from './types.ts';

/** What `__tcfapi('addEventListener', 2, …)` gives. */
export interface TcData {
  readonly eventStatus?: string;
  readonly gdprApplies?: boolean;
  readonly tcString?: string;
  readonly purpose?: { readonly consents?: Readonly<Record<string, boolean>> };
}

/** IAB TCF purposes that each category needs, the same as the server's; 1 is storing on the device. */
const purposes: Readonly<Record<string, readonly number[]>> = {
  analytics: [1, 8],
  personalisation: [1, 5, 6],
  advertising: [1, 3, 4],
};

/** The choice in an IAB TCF dialogue; null while it is open. Where the GDPR does not apply nothing has to be asked. */
export function readTcf({ eventStatus, gdprApplies, purpose }: TcData): ConsentPreferences | null {
  if (gdprApplies !== false && eventStatus !== 'tcloaded' && eventStatus !== 'useractioncomplete') return null;
  return Object.fromEntries(
    Object.entries(purposes).map(([category, needed]) => [
      category,
      gdprApplies === false || needed.every((id) => purpose?.consents?.[id] === true),
    ]),
  );
}

/** Google Consent Mode: every named signal must be granted; a category of which nothing is said is left out. */
const signals: Readonly<Record<string, readonly string[]>> = {
  analytics: ['analytics_storage'],
  advertising: ['ad_storage', 'ad_user_data', 'ad_personalization'],
  personalisation: ['personalization_storage'],
};

/**
 * An entry of `dataLayer`: `consent`, `update`, what is granted. A default counts only where it denies, because it may
 * hold for other regions than the visitor's.
 */
export function readGoogle(entry: unknown): ConsentPreferences | null {
  const { 0: command, 1: kind, 2: said } = Object(entry);
  if (command !== 'consent' || typeof said !== 'object' || said === null) return null;
  if (kind !== 'update' && kind !== 'default') return null;
  const found = Object.entries(signals).flatMap(([category, names]) => {
    const values = names.map((name) => said[name]).filter((value) => value === 'granted' || value === 'denied');
    const granted = values.every((value) => value === 'granted');
    return values.length === 0 || (kind === 'default' && granted) ? [] : [[category, granted] as const];
  });
  return found.length === 0 ? null : Object.fromEntries(found);
}

/** The same the other way, for `gtag('consent', 'update', …)`. */
export const writeGoogle = (preferences: ConsentPreferences): Record<string, string> =>
  Object.fromEntries(
    Object.entries(signals).flatMap(([category, names]) => {
      const granted = preferences[category];
      return granted === undefined ? [] : names.map((name) => [name, granted ? 'granted' : 'denied']);
    }),
  );

type TcfApi = (command: string, version: number, callback: (data: TcData, success: boolean) => void) => void;
interface ConsentWindow {
  __tcfapi?: TcfApi;
  dataLayer?: unknown[];
}

const waitMs = 250;
const waits = 240;

/** Hears of every choice made in the shop's own dialogue, which may load later than we do (waits a minute for it). */
export function listenToTcf(hear: (said: ConsentPreferences, proof: object) => void): void {
  const page: ConsentWindow = Object(window);
  const look = (left: number): void => {
    if (typeof page.__tcfapi !== 'function') {
      if (left > 0) setTimeout(look, waitMs, left - 1);
      return;
    }
    page.__tcfapi('addEventListener', 2, (data, success) => {
      const said = success ? readTcf(data) : null;
      const { tcString, eventStatus, gdprApplies, purpose } = data;
      if (said !== null)
        hear(said, gdprApplies === false ? {} : { tcf: { tcString, eventStatus, gdprApplies, purpose } });
    });
  };
  look(waits);
}

export function listenToGoogle(hear: (said: ConsentPreferences, proof: object) => void): void {
  const page: ConsentWindow = Object(window);
  page.dataLayer ??= [];
  const layer = page.dataLayer;
  let known: ConsentPreferences = {};
  const read = (entry: unknown): void => {
    const said = readGoogle(entry);
    if (said === null) return;
    known = { ...known, ...said };
    hear(known, { google: writeGoogle(known) });
  };
  const push = layer.push;
  layer.push = (...entries) => {
    const length = push.apply(layer, entries);
    entries.forEach(read);
    return length;
  };
  layer.forEach(read);
}

export function tellGoogle(preferences: ConsentPreferences): void {
  const page: ConsentWindow = Object(window);
  page.dataLayer ??= [];
  const layer = page.dataLayer;
  // Google reads `arguments` objects alone, not arrays.
  (function tell(..._said: unknown[]) {
    // biome-ignore lint/complexity/noArguments: see above.
    layer.push(arguments);
  })('consent', 'update', writeGoogle(preferences));
}
