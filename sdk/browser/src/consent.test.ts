import { describe, expect, it } from 'vitest';
import { levelOf, recallChoice, rememberChoice, sameChoice, withPrivacyControl } from './consentGate.ts';
import { readGoogle, readTcf, writeGoogle } from './consentSignals.ts';
import { createStorage } from './storage.ts';

describe('what may be done', () => {
  it.each([
    [null, 'required', 'off'],
    [null, undefined, 'off'],
    [null, 'exempt', 'measure'],
    [null, 'not-required', 'full'],
    [{ analytics: true }, 'required', 'full'],
    [{ analytics: false }, 'exempt', 'off'],
    [{ analytics: false }, 'not-required', 'off'],
    [{ advertising: true }, 'required', 'off'],
  ] as const)('with %j where it is %s is %s', (preferences, mode, level) => {
    expect(levelOf(preferences, mode)).toBe(level);
  });

  it('is asked again after six months', () => {
    const storage = createStorage(null);
    rememberChoice(storage, { analytics: true }, 0);
    expect(recallChoice(storage, 181 * 86_400_000)).toEqual({ analytics: true });
    expect(recallChoice(storage, 183 * 86_400_000)).toBeNull();
    storage.set('vt_consent', '{broken');
    expect(recallChoice(storage, 0)).toBeNull();
  });

  it('never includes advertising against Global Privacy Control', () => {
    expect(withPrivacyControl({ analytics: true, advertising: true }, true)).toEqual({
      analytics: true,
      advertising: false,
    });
  });

  it('is news only when it differs', () => {
    expect(sameChoice({ analytics: true }, { analytics: true })).toBe(true);
    expect(sameChoice({ analytics: true, advertising: true }, { analytics: true })).toBe(false);
    expect(sameChoice(null, {})).toBe(false);
  });
});

describe('the choice of a dialogue', () => {
  const consents = (...ids: number[]) => ({ consents: Object.fromEntries(ids.map((id) => [id, true])) });

  it('is read from an IAB TCF dialogue that is answered', () => {
    expect(readTcf({ eventStatus: 'cmpuishown', purpose: consents(1, 8) })).toBeNull();
    expect(readTcf({ eventStatus: 'tcloaded', purpose: consents(8) })?.analytics).toBe(false);
    expect(readTcf({ eventStatus: 'useractioncomplete', purpose: consents(1, 8, 3, 4) })).toEqual({
      analytics: true,
      personalisation: false,
      advertising: true,
    });
  });

  it('has not to be asked where the GDPR does not apply', () => {
    expect(readTcf({ gdprApplies: false })).toEqual({ analytics: true, personalisation: true, advertising: true });
  });

  it('is read from Google Consent Mode and written the same', () => {
    const all = { ad_storage: 'granted', ad_user_data: 'granted', ad_personalization: 'granted' };
    expect(readGoogle(['consent', 'update', { ...all, analytics_storage: 'denied' }])).toEqual({
      analytics: false,
      advertising: true,
    });
    expect(readGoogle(['consent', 'update', { ...all, ad_user_data: 'denied' }])).toEqual({ advertising: false });
    expect(readGoogle(['consent', 'default', { ...all, analytics_storage: 'denied' }])).toEqual({ analytics: false });
    expect(readGoogle(['consent', 'default', { ...all, region: ['US'] }])).toBeNull();
    for (const entry of [null, 'consent', ['event'], ['consent', 'update', null], { event: 'gtm.js' }])
      expect(readGoogle(entry)).toBeNull();
    expect(writeGoogle({ analytics: true, advertising: false, letters: true })).toEqual({
      analytics_storage: 'granted',
      ad_storage: 'denied',
      ad_user_data: 'denied',
      ad_personalization: 'denied',
    });
  });
});
