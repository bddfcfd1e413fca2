import type { Storage } from './storage.ts';
import type { ConsentPreferences, LoadOptions } from './types.ts';

/** `off`: nothing is stored or sent. `measure`: audience measurement alone. `full`: what the categories allow. */
export type Level = 'off' | 'measure' | 'full';

/** Where the choice is kept; other tabs hear of a change by it. */
export const consentKey = 'vt_consent';
/** A choice is kept for six months, then asked again (CNIL recommendation 2020-092). */
const keptMs = 182 * 86_400_000;

export function levelOf(preferences: ConsentPreferences | null, mode: LoadOptions['consent']): Level {
  const analytics = preferences?.analytics;
  if (analytics !== undefined) return analytics ? 'full' : 'off';
  if (mode === 'not-required') return 'full';
  return mode === 'exempt' ? 'measure' : 'off';
}

/** The choice as it counts: Global Privacy Control outweighs a yes to advertising. */
export const withPrivacyControl = (said: ConsentPreferences, gpc: boolean): ConsentPreferences =>
  gpc ? { ...said, advertising: false } : said;

/** The choice kept on this device. Remembering it needs no consent itself; nothing else is read before. */
export function recallChoice(storage: Storage, now: number): ConsentPreferences | null {
  try {
    const { at, said } = JSON.parse(storage.get(consentKey) ?? '{}');
    if (typeof at === 'number' && now - at < keptMs && typeof said === 'object') return said;
  } catch {
    // Somebody else's value under our key is no answer.
  }
  return null;
}

export function rememberChoice(storage: Storage, said: ConsentPreferences, now: number): void {
  storage.set(consentKey, JSON.stringify({ at: now, said }));
}

export const sameChoice = (one: ConsentPreferences | null, other: ConsentPreferences): boolean => {
  const names = Object.keys(other);
  return one !== null && Object.keys(one).length === names.length && names.every((name) => one[name] === other[name]);
};
