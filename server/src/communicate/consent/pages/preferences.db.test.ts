import { describe, expect, it } from 'vitest';
import { type Standing, useConsentPages } from '../../../../test/consentPages.ts';

const { links, addressOf, subject, pathOf, get, post, consents, why, queue } = useConsentPages();

describe('the preference centre', () => {
  const url = (message = 0) => pathOf(links.preferences(subject({ message })));

  it('shows how it stands in both languages, and changes nothing on GET', async () => {
    const french = await get(url(await queue()));
    expect(french.body).toContain('Mes préférences');
    expect(french.body).toMatch(/value="marketing\/email" checked/);
    expect(french.body).toContain(`p•••@example.fr`);
    expect(french.body).not.toContain(addressOf());
    expect(french.body).not.toContain('marketing/sms');
    const english = await get(`${url()}?lang=en`);
    expect(english.headers['content-language']).toBe('en');
    expect(english.body).toContain('<html lang="en">');
    expect(english.body).toContain('My preferences');
    expect((await consents()).ledger.items).toHaveLength(1);
  });

  it('saves only what was changed, with the words that were seen', async () => {
    const form =
      'do=save&shown=marketing/email&on=marketing/email&shown=analytics/&on=analytics/&shown=personalisation/';
    const answer = await post(url(), form, { 'user-agent': 'Mozilla/5.0' });
    expect(answer.body).toContain('Vos choix sont enregistrés');
    expect(await why('', 'analytics')).toBe('granted');
    expect(await why('', 'personalisation')).toBe('never_asked');
    const { items } = (await consents()).ledger;
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({
      source: 'preference_centre',
      actor: 'person',
      proof: { text: 'Mesure d’audience', language: 'fr', userAgent: 'Mozilla/5.0', ip: '127.0.0.0' },
    });
  });

  it('refuses everything at one press', async () => {
    await post(url(), 'do=none');
    const { standing } = await consents();
    const asked = standing.filter(({ state }: Standing) => state !== 'unknown');
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.every(({ why: reason }: Standing) => reason === 'refused')).toBe(true);
  });

  it('pauses messages for a while, and says until when', async () => {
    const answer = await post(url(), 'do=pause30');
    expect(answer.body).toMatch(/Nous vous laissons tranquille jusqu’au \d+/);
    expect(await why()).toBe('paused');
    expect((await get(url())).body).toMatch(/value="marketing\/email" checked/);
  });
});
