import { describe, expect, it } from 'vitest';
import { bounceMail, complaintMail, publicUrl, useInbound } from '../../../test/inbound.ts';
import { exportConsents } from '../consent/personalData.ts';

const shop = useInbound();

describe('bounces', () => {
  it('as raw mail end the message, and all mail to the address', async () => {
    const { id, email } = await shop.openMessage();
    const reference = shop.references.write({ workspace: shop.shop.id, id });
    expect((await shop.postMail(bounceMail(`bounces+${reference}@shop.example`, '5.1.1'))).statusCode).toBe(204);
    expect((await shop.postMail(bounceMail(`bounces+${reference}@shop.example`, '5.1.1'))).statusCode).toBe(204);
    expect(await shop.newsOf(id)).toMatchObject([
      { kind: 'bounced', detail: { code: expect.not.stringContaining('@example') } },
    ]);
    expect((await shop.messageNow(id))?.state).toBe('failed');
    expect(await shop.suppressed()).toContainEqual({
      channel: 'email',
      value: email,
      reason: 'bounce',
    });
  });

  it('that somebody made up change nothing', async () => {
    const { id } = await shop.openMessage();
    const forged = `${shop.shop.id.toString(36)}-${id.toString(36)}-aaaaaaaaaaaaa`;
    expect((await shop.postMail(bounceMail(`bounces+${forged}@shop.example`, '5.1.1'))).statusCode).toBe(204);
    const ofAnother = shop.references.write({ workspace: shop.shop.id + 1, id });
    await shop.postMail(bounceMail(`bounces+${ofAnother}@shop.example`, '5.1.1'));
    expect(await shop.newsOf(id)).toEqual([]);
  });

  it('are taken only at an address of ours', async () => {
    for (const token of [
      `${publicUrl}/m/hooks/mail/${shop.signer.sign('hook.x')}`,
      `${publicUrl}/m/hooks/mail/guess`,
      shop.hooks.write('mail', { workspace: shop.shop.id, provider: 77 }),
      shop.hooks.write('sendgrid', { workspace: shop.shop.id, provider: 0 }),
      shop.hooks.write('nobody', { workspace: shop.shop.id, provider: 1 }),
    ])
      expect((await shop.postMail('x', token)).statusCode).toBe(404);
  });

  it('of a provider are found by its own name of the message', async () => {
    const { id } = await shop.openMessage({ provider: 'postmark' });
    const provider = await shop.setUp('postmark', 'email', { messageStream: 'broadcast' }, { serverToken: 't' });
    const name = (await shop.messageNow(id))?.provider_message_id;
    const url = shop.hooks.write('postmark', { workspace: shop.shop.id, provider });
    const send = (MessageID: string | undefined) =>
      shop.app().inject({ method: 'POST', url: shop.pathOf(url), payload: { RecordType: 'Delivery', MessageID } });
    expect((await send(name)).statusCode).toBe(204);
    expect((await send('unknown')).statusCode).toBe(204);
    expect(await shop.newsOf(id)).toMatchObject([{ kind: 'delivered' }]);
    expect((await shop.messageNow(id))?.state).toBe('delivered');
  });
});

describe('complaints', () => {
  const entries = async (profile: number) =>
    (
      await exportConsents(shop.stores, {
        workspaceId: shop.shop.id,
        profileIds: [profile],
        identifiers: [],
        orderIds: [],
      })
    ).consentLedger;

  it('are a refusal in the ledger, with who told us and when, once', async () => {
    const { id, profile, email } = await shop.openMessage({ consent: { marketing: true } });
    const reference = shop.references.write({ workspace: shop.shop.id, id });
    shop.stores.clock.advance(60_000);
    const at = shop.stores.clock.now().toISOString();
    for (let count = 0; count < 2; count++)
      expect((await shop.postMail(complaintMail(reference))).statusCode).toBe(204);
    expect(await shop.newsOf(id)).toMatchObject([{ kind: 'complained' }]);
    expect(await shop.suppressed()).toContainEqual({ channel: 'email', value: email, reason: 'complaint' });
    expect(await shop.consentsOf(profile)).toContainEqual({ purpose: 'marketing', channel: 'email', state: 'denied' });
    expect(await entries(profile)).toMatchObject([
      {
        source: 'complaint',
        state: 'denied',
        purpose: 'marketing',
        channel: 'email',
        actor: 'provider:smtp',
        proof: { text: expect.stringContaining(`told by smtp at ${at}`), messageId: String(id) },
      },
      { state: 'granted' },
    ]);
  });

  it('about a message that somebody made up withdraw nothing', async () => {
    const { id, profile } = await shop.openMessage({ consent: { marketing: true } });
    await shop.postMail(complaintMail(`${shop.shop.id.toString(36)}-${id.toString(36)}-aaaaaaaaaaaaa`));
    expect(await shop.consentsOf(profile)).toEqual([{ purpose: 'marketing', channel: '', state: 'granted' }]);
  });
});

describe('mails to the address for leaving', () => {
  it('are a refusal, however often they come', async () => {
    const { id, profile } = await shop.openMessage({ consent: { marketing: true } });
    const reference = shop.references.write({ workspace: shop.shop.id, id });
    shop.stores.clock.advance(60_000);
    const mail = [
      `From: Somebody <p@example.fr>`,
      `To: bounces+leave-${reference}@shop.example`,
      'Subject: unsubscribe',
      '',
      'Please.',
      '',
    ].join('\r\n');
    for (let count = 0; count < 2; count++) expect((await shop.postMail(mail)).statusCode).toBe(204);
    expect(await shop.newsOf(id)).toMatchObject([{ kind: 'unsubscribed' }]);
    expect(await entriesOf(profile)).toEqual(['unsubscribe denied', 'event granted']);
    expect(await shop.suppressed()).not.toContainEqual(expect.objectContaining({ value: 'p@example.fr' }));
  });

  const entriesOf = async (profile: number): Promise<string[]> => {
    const subject = { workspaceId: shop.shop.id, profileIds: [profile], identifiers: [], orderIds: [] };
    const { consentLedger } = await exportConsents(shop.stores, subject);
    const rows = Array.isArray(consentLedger) ? consentLedger : [];
    return rows.map((row) => `${Object(row).source} ${Object(row).state}`);
  };
});
