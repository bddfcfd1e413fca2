import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { agreed, consent, email, newsletter, useCaptureShop } from '../../../test/captureShop.ts';

const {
  stores,
  call,
  start,
  post,
  send,
  answer,
  decide,
  holderOf,
  traitsOf,
  mails,
  linkOf,
  press,
  offer,
  messageId,
  shop,
  ledger,
  codesGiven,
} = useCaptureShop();

describe('an answer', () => {
  const size = { trait: 'shoeSize', kind: 'choice', label: { en: 'Size' }, choices: ['38', '39'] };

  it('becomes a trait, once, however often it is sent', async () => {
    await start({ kind: 'form', questions: [email, size] });
    const body = {
      messageId: messageId(),
      anonymousId: 'd1',
      answers: { email: 'Zoe@Example.fr', shoeSize: '39', other: 'x' },
    };
    for (const _ of [1, 2, 3]) expect(await answer(body)).toMatchObject({ state: 'taken', confirm: false, code: null });
    await shop().settle();
    expect(await traitsOf('email:zoe@example.fr')).toMatchObject({ email: 'zoe@example.fr', shoeSize: '39' });
    expect(await traitsOf('email:zoe@example.fr')).not.toHaveProperty('other');
    expect(await holderOf('anonymous_id:d1')).toBeGreaterThan(0);
    expect((await shop().events()).filter(({ event }) => event === 'Experience Answered')).toHaveLength(1);
    expect(await decide('d1')).toEqual([]);
  });

  it('without an anonymous id stands for itself', async () => {
    await start({ kind: 'form', questions: [email] });
    await answer({ answers: { email: 'lea@example.fr' } });
    await shop().settle();
    expect(await traitsOf('email:lea@example.fr')).toMatchObject({ email: 'lea@example.fr' });
  });

  it('that cannot be is refused by the name of its trait, and nothing is kept', async () => {
    const id = await start({ kind: 'form', questions: [email, size] });
    for (const [answers, trait] of [
      [{ email: 'nobody' }, 'email'],
      [{ email: 'a@example.fr', shoeSize: '12' }, 'shoeSize'],
      [{ email: ['a@example.fr'] }, 'email'],
      [{}, 'email'],
    ] as const) {
      const refused = await send({ answers });
      expect(refused.json()).toMatchObject({ status: 400, code: 'experience.bad_answer', trait });
      expect(refused.body).not.toContain('nobody');
    }
    expect((await send({ experience: 'none', answers: {} })).json()).toMatchObject({
      code: 'experience.nothing_asked',
    });
    expect(
      (
        await post('/v1/answers', {
          writeKey: 'nobody',
          messageId: messageId(),
          experience: 'ask',
          variant: 'a',
          answers: {},
        })
      ).statusCode,
    ).toBe(401);
    expect((await call('GET', `experiences/${id}/answers`)).json()).toMatchObject({ answers: 0 });
  });

  it('of a robot is thanked for and forgotten; a flood from one address is stopped', async () => {
    const id = await start({ kind: 'form', questions: [email] });
    const bot = await send(
      { answers: { email: 'bot@example.fr' } },
      { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' },
    );
    expect(bot.json()).toMatchObject({ state: 'taken', confirm: false });
    expect((await call('GET', `experiences/${id}/answers`)).json()).toMatchObject({ answers: 0 });
    const statuses = await Promise.all(
      Array.from({ length: 35 }, async () => (await send({ answers: {} })).statusCode),
    );
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(3);
    expect((await send({ answers: {} })).headers['retry-after']).toBeDefined();
  });
});

describe('a newsletter', () => {
  it('asks for a confirmation with the very words that were shown as proof, and gives the code on the page it opens', async () => {
    await offer('welcome', 5);
    await start({ ...newsletter, coupon: { offer: 'welcome', give: 'confirmed' } });
    const sent = await answer({
      anonymousId: 'd1',
      answers: { email: 'zoe@example.fr' },
      consent: agreed,
      language: 'en',
      page: 'https://shop.example/shoes',
    });
    expect(sent).toEqual({ state: 'taken', confirm: true, code: null, draw: null });
    await shop().settle();
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    const [entry] = await ledger();
    expect(entry).toMatchObject({
      profile_id: await holderOf('email:zoe@example.fr'),
      purpose: 'marketing',
      channel: 'email',
      state: 'pending',
      source: 'form',
      actor: 'person',
      proof: {
        text: agreed.text,
        version: 'ask v1',
        language: 'en',
        page: 'https://shop.example/shoes',
        ip: '127.0.0.0',
      },
    });
    const first = await press(linkOf(mail));
    const code = /S-\w{8}/.exec(first.body)?.[0];
    expect(code).toBeDefined();
    for (const again of await Promise.all([press(linkOf(mail)), press(linkOf(mail))]))
      expect(again.body).toContain(code);
    expect(await codesGiven()).toBe(1);
  });

  it('writes once a day to an address, whoever types it in, and says the same every time', async () => {
    await start(newsletter);
    const said = [];
    for (const device of ['d1', 'd2', 'd3']) {
      said.push(await answer({ anonymousId: device, answers: { email: 'zoe@example.fr' }, consent: agreed }));
      await shop().settle();
    }
    expect(new Set(said.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(await mails()).toHaveLength(1);
    stores.clock.advance(25 * 3_600_000);
    await answer({ anonymousId: 'd4', answers: { email: 'zoe@example.fr' }, consent: agreed });
    await shop().settle();
    expect(await mails()).toHaveLength(2);
  });

  it('without the box ticked is refused where it must be, and asks nobody where it need not', async () => {
    const id = await start(newsletter);
    const refused = await send({ answers: { email: 'a@example.fr' } });
    expect(refused.json()).toMatchObject({ status: 400, code: 'experience.consent_needed' });
    await call('POST', `experiences/${id}/stop`);
    await start({ ...newsletter, consent: { ...consent, required: false } }, { key: 'free' });
    expect(await answer({ experience: 'free', answers: { email: 'b@example.fr' } })).toMatchObject({ confirm: false });
    const other = { text: 'Something else.', language: 'en' };
    const forged = await send({ experience: 'free', answers: { email: 'b@example.fr' }, consent: other });
    expect(forged.json()).toMatchObject({ status: 400, code: 'experience.other_words' });
    await shop().settle();
    expect(await mails()).toEqual([]);
  });

  it('gives one code at once to a person, in two tabs and on another device of theirs', async () => {
    await offer('welcome', 5);
    await start({ ...newsletter, coupon: { offer: 'welcome', give: 'at_once' } });
    const body = (device: string) => ({ anonymousId: device, answers: { email: 'zoe@example.fr' }, consent: agreed });
    const codes = await Promise.all([answer(body('d1')), answer(body('d1')), answer(body('d2'))]);
    expect(codes[0]?.code).toMatch(/^S-/);
    expect(new Set(codes.map(({ code }) => code)).size).toBe(1);
    expect(await codesGiven()).toBe(1);
  });

  it('is not shown when the code that it promises is not to be had', async () => {
    await offer('welcome', 0);
    await start({ ...newsletter, coupon: { offer: 'welcome', give: 'at_once' } });
    expect(await decide('d1')).toEqual([]);
  });
});

describe('the reference', () => {
  const text = readFileSync(new URL('../../../../docs/reference/capture.md', import.meta.url), 'utf8');
  const example = (name: string): object =>
    JSON.parse(new RegExp(`\`\`\`json ${name}\\n([^]*?)\\n\`\`\``).exec(text)?.[1] ?? '');

  it('shows a form and a wheel that can be made, and an answer that is taken', async () => {
    await offer('welcome', 5);
    for (const name of ['form', 'wheel']) {
      const made = await call('POST', 'experiences', example(name));
      expect(made.statusCode).toBe(201);
      await call('POST', `experiences/${made.json<{ id: string }>().id}/start`);
    }
    const { writeKey: _, ...asked } = { writeKey: '', ...example('answer') };
    expect((await post('/v1/answers', asked)).json()).toEqual({
      state: 'taken',
      confirm: true,
      code: null,
      draw: null,
    });
    await shop().settle();
    expect(await mails()).toHaveLength(1);
  });
});
