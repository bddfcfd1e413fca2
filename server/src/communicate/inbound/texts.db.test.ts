import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { useInbound } from '../../../test/inbound.ts';
import { requestDoubleOptIn } from '../consent/doubleOptIn.ts';
import { createLinks } from '../consent/linkTokens.ts';

const shop = useInbound();

/** Twilio, as it brings texts to the shop's number. */
async function openNumber() {
  const secrets = { authToken: 'token' };
  const provider = await shop.setUp('twilio', 'sms', { accountSid: 'AC1', from: '+33700000000' }, secrets);
  const url = shop.hooks.write('twilio', { workspace: shop.shop.id, provider });
  return (form: Record<string, string>, token = 'token') => {
    const names = Object.keys(form).sort();
    const text = url + names.map((name) => name + form[name]).join('');
    return shop.app().inject({
      method: 'POST',
      url: shop.pathOf(url),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': createHmac('sha1', token).update(text).digest('base64'),
      },
      payload: new URLSearchParams(form).toString(),
    });
  };
}

describe('answers by text', () => {
  it('end marketing with STOP, and are noted otherwise; nothing is believed without the signature', async () => {
    const { id, phone, profile } = await shop.openMessage({
      channel: 'sms',
      consent: { sms: true },
      provider: 'twilio',
    });
    const send = await openNumber();
    expect((await send({ From: phone, Body: 'STOP', MessageSid: 'a' }, 'other')).statusCode).toBe(403);
    const answer = await send({ From: phone, Body: 'Merci beaucoup', MessageSid: 'b' });
    expect([answer.statusCode, answer.body]).toEqual([200, '<?xml version="1.0" encoding="UTF-8"?><Response/>']);
    expect(await shop.newsOf(id)).toMatchObject([{ kind: 'replied' }]);
    expect((await send({ From: phone, Body: 'Arrêt', MessageSid: 'c' })).statusCode).toBe(200);
    expect(await shop.consentsOf(profile)).toContainEqual({ purpose: 'marketing', channel: 'sms', state: 'denied' });
    await send({ From: '+33699999999', Body: 'stop', MessageSid: 'd' });
    expect(await shop.suppressed()).toContainEqual({ channel: 'sms', value: '+33699999999', reason: 'unsubscribed' });
  });
});

describe('a double opt-in by text', () => {
  const links = createLinks(Buffer.alloc(32, 9), 'https://shop.example');
  const ask = (profile: number) =>
    shop.stores.pg.transaction((tx) =>
      requestDoubleOptIn(tx, links, {
        workspace: shop.shop.id,
        now: shop.stores.clock.now(),
        profile,
        purpose: 'marketing',
        channel: 'sms',
        at: shop.stores.clock.now(),
        source: 'api',
        actor: 'test',
        proof: {},
      }),
    );
  const bySms = async (profile: number): Promise<string | undefined> =>
    (await shop.consentsOf(profile)).find(({ channel }) => channel === 'sms')?.state;

  it.each(['OUI', 'yes', 'Oui merci'])('is confirmed by the answer %s from the number', async (word) => {
    const { phone, profile } = await shop.openMessage({ channel: 'sms' });
    const send = await openNumber();
    expect(await ask(profile)).toMatchObject({ outcome: 'asked' });
    expect(await bySms(profile)).toBe('pending');
    await send({ From: '+33600000001', Body: word, MessageSid: `${word} of another` });
    expect(await bySms(profile)).toBe('pending');
    shop.stores.clock.advance(60_000);
    await send({ From: phone, Body: word, MessageSid: `${word} ${profile}` });
    expect(await bySms(profile)).toBe('granted');
    expect(await shop.subscribed(profile)).toBe(1);
    await send({ From: phone, Body: word, MessageSid: `${word} ${profile}` });
    expect(await bySms(profile)).toBe('granted');
  });

  it('is not confirmed by anything else, nor weeks later, and a STOP ends it', async () => {
    const { id, phone, profile } = await shop.openMessage({ channel: 'sms' });
    const send = await openNumber();
    await ask(profile);
    await send({ From: phone, Body: 'oui mais pas maintenant', MessageSid: `e${id}` });
    expect(await bySms(profile)).toBe('pending');
    shop.stores.clock.advance(20 * 86_400_000);
    await send({ From: phone, Body: 'OUI', MessageSid: `f${id}` });
    expect(await bySms(profile)).toBe('pending');
    await send({ From: phone, Body: 'STOP', MessageSid: `g${id}` });
    expect(await bySms(profile)).toBe('denied');
    await send({ From: phone, Body: 'OUI', MessageSid: `h${id}` });
    expect(await bySms(profile)).toBe('denied');
  });
});
