import { describe, expect, it } from 'vitest';
import { byMail, said, useConsents, zoe } from '../../../test/consents.ts';
import { openShop } from '../../../test/shop.ts';
import type { JsonObject } from '../../platform/index.ts';
import { sweepConsents } from './deriveConsents.ts';

const { stores, shop, adopt, open, later, why, ledgerOf } = useConsents();

describe('what clients say', () => {
  it('becomes one entry for each statement, however often it is repeated', async () => {
    await open();
    await shop.send(said(zoe, { email: true, analytics: false }));
    later(2_000);
    await shop.send(said(zoe, { email: true, analytics: false }), said(zoe, { email: true }));
    expect(await ledgerOf(byMail)).toEqual(
      expect.arrayContaining(['marketing/email granted event', 'analytics/ denied event']),
    );
    expect(await ledgerOf(byMail)).toHaveLength(2);
    later(1);
    await shop.send(said(zoe, { email: false }));
    expect(await why(byMail)).toBe('refused');
    expect(await ledgerOf(byMail)).toHaveLength(3);
  });

  it.each<[string, JsonObject, string, string, string]>([
    [
      "RudderStack's lists",
      { consentManagement: { allowedConsentIds: ['newsletter'], deniedConsentIds: ['ads'] } },
      'marketing',
      'email',
      'granted',
    ],
    [
      "RudderStack's lists",
      { consentManagement: { allowedConsentIds: ['newsletter'], deniedConsentIds: ['ads'] } },
      'advertising',
      '',
      'refused',
    ],
    [
      'Google Consent Mode',
      { consent: { google: { ad_storage: 'granted', ad_user_data: 'denied', analytics_storage: 'granted' } } },
      'advertising',
      '',
      'refused',
    ],
    ['Google Consent Mode', { googleConsent: { analytics_storage: 'granted' } }, 'analytics', '', 'granted'],
    [
      'a TCF dialogue',
      { tcf: { eventStatus: 'useractioncomplete', purpose: { consents: { 1: true, 3: true, 4: true, 8: false } } } },
      'advertising',
      '',
      'granted',
    ],
    [
      'a TCF dialogue',
      { consent: { tcf: { eventStatus: 'tcloaded', purpose: { consents: { 1: true, 8: false } } } } },
      'analytics',
      '',
      'refused',
    ],
    [
      'Global Privacy Control',
      { gpc: true, consent: { categoryPreferences: { advertising: true, analytics: true } } },
      'advertising',
      '',
      'refused',
    ],
  ])('is understood from %s', async (_, context, purpose, channel, expected) => {
    await open();
    await shop.send({ type: 'identify', userId: 'u1', traits: zoe, context });
    expect(await why(byMail, purpose, channel)).toBe(expected);
  });

  it('says nothing while a TCF dialogue is open', async () => {
    await open();
    const tcf = { eventStatus: 'cmpuishown', purpose: { consents: { 1: true, 3: true, 4: true } } };
    await shop.send({ type: 'identify', userId: 'u1', traits: zoe, context: { tcf } });
    expect(await why(byMail, 'advertising', '')).toBe('never_asked');
  });

  it('is found on profiles from before the ledger, once', async () => {
    adopt(await openShop(stores));
    await shop.send(said(zoe, { sms: true }));
    expect(await why(byMail, 'marketing', 'sms')).toBe('never_asked');
    const { signal } = new AbortController();
    expect(await sweepConsents(stores, signal)).toBe(true);
    expect(await sweepConsents(stores, signal)).toBe(true);
    expect(await why(byMail, 'marketing', 'sms')).toBe('granted');
    expect(await ledgerOf(byMail)).toHaveLength(1);
  });
});
