import { describe, expect, it } from 'vitest';
import type { CollectedEvent } from '../../collect/index.ts';
import type { JsonObject } from '../../platform/index.ts';
import { type Consent, foldConsent, speaksOfConsent, statementsOf } from './consentStatements.ts';
import { readTcString } from './readTcString.ts';

const now = new Date('2026-05-04T10:00:00.000Z');
const event = (context: JsonObject, keep = false): CollectedEvent => ({
  messageId: 'm',
  type: 'page',
  event: '',
  sourceId: 7,
  timestamp: now,
  originalTimestamp: null,
  sentAt: null,
  receivedAt: now,
  userId: '',
  anonymousId: 'a',
  previousId: '',
  groupId: '',
  properties: {},
  traits: {},
  context,
  extra: {},
  userAgent: '',
  keep,
});
const read = (context: JsonObject, keep = false) =>
  Object.fromEntries([...statementsOf(event(context, keep))].map(([name, { granted, by }]) => [name, by ?? granted]));
const grants = (context: JsonObject) =>
  Object.fromEntries([...statementsOf(event(context))].map(([name, { granted }]) => [name, granted]));

/** Writes the core of a TC string by the fields of the specification: version, what lies between, purposes. */
function tcString(purposes: readonly number[], version = 2): string {
  const bits = Array.from({ length: 240 }, () => 0);
  for (let bit = 0; bit < 6; bit++) bits[bit] = (version >> (5 - bit)) & 1;
  // Created, updated, CMP, language and vendor list lie before; they may hold anything.
  for (let bit = 6; bit < 152; bit++) bits[bit] = bit % 3 === 0 ? 1 : 0;
  for (const purpose of purposes) bits[152 + purpose - 1] = 1;
  const bytes = Array.from({ length: bits.length / 8 }, (_, index) =>
    bits.slice(index * 8, index * 8 + 8).reduce((byte, bit) => byte * 2 + bit, 0),
  );
  return Buffer.from(bytes).toString('base64url');
}

describe('what an event says about consents', () => {
  it('reads categories, lists, Consent Mode, TCF and Global Privacy Control', () => {
    expect(read({ consent: { categoryPreferences: { email: true, sms: false, odd: 'yes' } } })).toEqual({
      email: true,
      sms: false,
    });
    expect(read({ consentManagement: { allowedConsentIds: ['a', 3], deniedConsentIds: ['b'] } })).toEqual({
      a: true,
      b: false,
    });
    expect(read({ consent: { google: { analytics_storage: 'granted' } } })).toEqual({ analytics: 'google' });
    expect(read({ tcf: { tcString: tcString([1, 3, 4]) } })).toEqual({
      analytics: 'tcf',
      personalisation: 'tcf',
      advertising: 'tcf',
    });
    expect(read({ gpc: true })).toEqual({ advertising: 'gpc' });
    expect(read({ globalPrivacyControl: true })).toEqual({ advertising: 'gpc' });
    expect(read({ gpc: false, consent: null, tcf: 'x', googleConsent: [] })).toEqual({});
    expect(read({ consent: { categoryPreferences: { email: true } } }, true)).toEqual({ email: 'import' });
  });

  it('asks of Consent Mode that all of advertising is granted', () => {
    const modes = { ad_storage: 'granted', ad_user_data: 'granted', ad_personalization: 'granted' };
    expect(grants({ googleConsent: modes })).toEqual({ advertising: true });
    expect(grants({ googleConsent: { ...modes, ad_user_data: 'denied' } })).toEqual({ advertising: false });
  });

  it("lets the shop's own words go before translated ones, and a browser's refusal before both", () => {
    const said = {
      categoryPreferences: { advertising: true, analytics: false },
      google: { analytics_storage: 'granted', ad_storage: 'denied' },
    };
    expect(grants({ consent: said })).toEqual({ advertising: true, analytics: false });
    expect(grants({ consent: said, gpc: true })).toEqual({ advertising: false, analytics: false });
  });

  it('hears nothing from an open dialogue, or where the GDPR does not apply', () => {
    const purpose = { consents: { 1: true, 3: true, 4: true } };
    expect(read({ tcf: { purpose, eventStatus: 'cmpuishown' } })).toEqual({});
    expect(read({ tcf: { purpose, gdprApplies: false } })).toEqual({});
    expect(grants({ tcf: { purpose, eventStatus: 'tcloaded' } })).toEqual({
      advertising: true,
      analytics: false,
      personalisation: false,
    });
  });

  it('is asked only of events that may say something', () => {
    expect(speaksOfConsent(event({ page: {}, locale: 'fr' }))).toBe(false);
    for (const context of [
      { consent: {} },
      { gpc: true },
      { tcf: {} },
      { googleConsent: {} },
      { consentManagement: {} },
    ])
      expect(speaksOfConsent(event(context))).toBe(true);
  });
});

describe('a TC string', () => {
  it.each([[[]], [[1]], [[24]], [[1, 3, 4, 7, 10]], [Array.from({ length: 24 }, (_, index) => index + 1)]])(
    'gives back the purposes %j',
    (purposes) => {
      expect([...(readTcString(tcString(purposes)) ?? [])]).toEqual(purposes);
    },
  );

  it('may have more segments, and is the one of the specification', () => {
    const known =
      'COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA.IFoEUQQgAIQwgIwQABAEAAAAOIAACAIAAAAQAIAgEAACEAAAAAgAQBAAAAAAAGBAAgAAAAAAAFAAECAAAgAAQARAEQAAAAAJAAIAAgAAAYQEAAAQmAgBC3ZAYzUw';
    expect([...(readTcString(known) ?? [])]).toEqual([1, 2, 3]);
  });

  it.each(['', 'nonsense', 'é'.repeat(60), tcString([1], 1), tcString([1]).slice(0, 20)])('refuses %j', (text) => {
    expect(readTcString(text)).toBeNull();
  });
});

describe('folding a statement', () => {
  const at = (minute: number): string => new Date(now.getTime() + minute * 60_000).toISOString();
  const said = (granted: boolean, minute: number, more: Partial<Consent> = {}): Consent => ({
    granted,
    at: at(minute),
    source: 7,
    ...more,
  });
  const own = (granted: boolean, minute: number, stated?: boolean): Consent => ({
    granted,
    at: at(minute),
    source: 0,
    own: true,
    ...(stated !== undefined && { stated }),
  });

  it.each<[string, Consent | undefined, Consent, Consent | null]>([
    ['takes the first', undefined, said(true, 1), said(true, 1)],
    ['ignores a repeat, so that the moment stays the first', said(true, 1), said(true, 9), null],
    ['takes a change', said(true, 1), said(false, 9), said(false, 9)],
    ['ignores what is older', said(true, 5), said(false, 4), null],
    ['ignores what was said before the person spoke', own(false, 5, true), said(true, 4), null],
    ['ignores what a shop goes on saying', own(false, 5, true), said(true, 9), null],
    ['remembers that a shop has heard of it', own(false, 5, true), said(false, 9), own(false, 5, false)],
    ['takes a new yes after that', own(false, 5, false), said(true, 12), said(true, 12)],
    ['takes the first word of a shop as news', own(false, 5), said(true, 9), said(true, 9)],
    ['does not let a file undo a withdrawal', own(false, 5), said(true, 9, { by: 'import' }), own(false, 5, true)],
    ['lets a file withdraw', own(true, 5), said(false, 9, { by: 'import' }), said(false, 9, { by: 'import' })],
  ])('%s', (_, current, next, expected) => {
    expect(foldConsent(current, next)).toEqual(expected);
  });
});
