import type { AnswersReport, DecideAnswer, DecisionsAnswer } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { agreed, consent, email, useCaptureShop } from '../../../test/captureShop.ts';
import { createExperiencedData } from '../personalData.ts';

const {
  stores,
  call,
  start,
  post,
  answer,
  decide,
  holderOf,
  mails,
  linkOf,
  press,
  offer,
  messageId,
  shop,
  codesGiven,
  draws,
} = useCaptureShop();

describe('a wheel', () => {
  const wheel = {
    kind: 'wheel',
    questions: [email],
    segments: [
      { key: 'ten', label: { en: '10 % off' }, chance: 0.5, offer: 'ten' },
      { key: 'five', label: { en: '5 % off' }, chance: 0.3, offer: 'five' },
      { key: 'lost', label: { en: 'Nothing' }, chance: 0.2 },
    ],
  };
  const spin = (device: string, address: string, fields: object = {}) =>
    answer({ anonymousId: device, answers: { email: address }, ...fields });

  it('gives many people at once what there is, no code twice and none beyond the stock', async () => {
    await offer('ten', 4);
    await offer('five', 3);
    const id = await start(wheel);
    const drawn = await Promise.all(Array.from({ length: 25 }, (_, at) => spin(`d${at}`, `p${at}@example.fr`)));
    const codes = drawn.flatMap(({ code }) => code ?? []);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.length).toBeLessThanOrEqual(7);
    for (const { draw, code } of drawn) expect(draw?.won).toBe(code !== null);
    expect(await codesGiven()).toBe(codes.length);
    const report = (await call('GET', `experiences/${id}/answers`)).json<AnswersReport>();
    expect(report.draws.reduce((sum, { drawn: times }) => sum + times, 0)).toBe(25);
    expect(report.draws.reduce((sum, { expected }) => sum + expected, 0)).toBeCloseTo(25, 6);
  });

  it('turns once for a person: in two tabs, sent again, and on another device with the same address', async () => {
    await offer('ten', 50);
    await offer('five', 50);
    await start(wheel);
    const once = { messageId: messageId() };
    const all = await Promise.all([
      spin('d1', 'zoe@example.fr', once),
      spin('d1', 'zoe@example.fr', once),
      spin('d1', 'zoe@example.fr'),
      spin('d2', 'ZOE@example.fr'),
    ]);
    all.push(await spin('d3', 'zoe@example.fr'));
    expect(new Set(all.map(({ code, draw }) => `${code} ${draw?.segment}`)).size).toBe(1);
    expect(await draws()).toBe(1);
    expect(await decide('d1')).toEqual([]);
  });

  it('turns again after its days, and not before', async () => {
    await offer('ten', 50, { limits: { total: null, perPerson: null, codeDays: null } });
    await offer('five', 50, { limits: { total: null, perPerson: null, codeDays: null } });
    await start({ ...wheel, againDays: 7 });
    await spin('d1', 'zoe@example.fr');
    stores.clock.advance(6 * 86_400_000);
    await spin('d1', 'zoe@example.fr');
    expect(await draws()).toBe(1);
    stores.clock.advance(86_400_001);
    await spin('d1', 'zoe@example.fr');
    expect(await draws()).toBe(2);
  });

  it('tells the chances as they are: what has run out, or does not run, has none', async () => {
    await offer('ten', 0);
    await offer('five', 9, { state: 'paused' });
    await start(wheel);
    const [shown] = await decide('d1');
    const payload = shown?.payload;
    expect(payload?.kind === 'wheel' && payload.segments.map(({ key, chance }) => `${key} ${chance}`)).toEqual([
      'ten 0',
      'five 0',
      'lost 1',
    ]);
    const drawn = await spin('d1', 'zoe@example.fr');
    expect(drawn).toMatchObject({
      code: null,
      draw: { segment: 'lost', won: false, chances: { ten: 0, five: 0, lost: 1 } },
    });
  });

  it('keeps what was won until it is confirmed', async () => {
    await offer('ten', 5);
    const segments = [
      { key: 'ten', label: { en: '10 % off' }, chance: 1, offer: 'ten' },
      { key: 'lost', label: { en: 'Nothing' }, chance: 0 },
    ];
    await start({ ...wheel, segments, consent, give: 'confirmed' });
    const drawn = await spin('d1', 'zoe@example.fr', { consent: agreed });
    expect(drawn).toMatchObject({ confirm: true, code: null, draw: { segment: 'ten', won: true } });
    await shop().settle();
    const [mail] = await mails();
    expect((await press(linkOf(mail))).body).toMatch(/S-\w{8}/);
  });
});

describe('one question at a time', () => {
  const question = (trait: string) => ({ trait, kind: 'text', label: { en: trait } });
  const profiling = {
    kind: 'form',
    ask: 'unknown',
    askAgainDays: 30,
    questions: ['size', 'colour', 'city'].map(question),
  };
  const asked = async (device: string): Promise<string[]> =>
    (await decide(device)).flatMap(({ payload }) =>
      payload?.kind === 'form' ? payload.questions.map(({ trait }) => trait) : [],
    );
  const known = { consent: { categoryPreferences: { personalisation: true } } };

  it('asks what is not known of the person, also by another device of theirs, and never what was closed', async () => {
    await shop().send({ type: 'identify', anonymousId: 'd1', userId: 'zoe', traits: { size: '38' }, context: known });
    await shop().send({ type: 'identify', anonymousId: 'd2', userId: 'zoe', context: known });
    await start(profiling);
    expect(await asked('d2')).toEqual(['colour']);
    await answer({ anonymousId: 'd2', answers: { colour: 'blue' } });
    await shop().settle();
    expect(await asked('d1')).toEqual(['city']);
    await shop().send({
      type: 'track',
      event: 'Experience Closed',
      anonymousId: 'd1',
      properties: { experience: 'ask', variant: 'a', question: 'city' },
    });
    expect(await asked('d1')).toEqual([]);
    const why = (await call('POST', 'decisions', { identifier: 'user_id:zoe' })).json<DecisionsAnswer>();
    expect(why.leftOut).toEqual([{ key: 'ask', reason: 'nothing_to_ask', detail: '' }]);
    stores.clock.advance(31 * 86_400_000);
    expect(await asked('d1')).toEqual(['city']);
  });

  it('asks nobody who has not agreed that we know them', async () => {
    await start(profiling);
    const answered = await post('/v1/decide', { anonymousId: 'new' });
    expect(answered.json<DecideAnswer>().decisions).toEqual([]);
  });
});

describe('what was answered', () => {
  const survey = {
    kind: 'survey',
    questions: [{ trait: 'why', kind: 'choice', label: { en: 'Why?' }, choices: ['price', 'size', 'other'] }],
  };

  it('is reported by answer, and texts are masked without personal.read', async () => {
    const id = await start(survey);
    for (const [device, why] of [
      ['d1', 'price'],
      ['d2', 'price'],
      ['d3', 'size'],
    ])
      await answer({ anonymousId: device, answers: { why } });
    await call('POST', `experiences/${id}/stop`);
    const other = await start(
      { kind: 'survey', questions: [{ trait: 'tell', kind: 'text', label: { en: 'Tell us' } }] },
      { key: 'tell' },
    );
    await answer({ experience: 'tell', anonymousId: 'd1', answers: { tell: 'I am called Zoe.' } });
    await shop().settle();
    const report = (await call('GET', `experiences/${id}/answers`)).json<AnswersReport>();
    expect(report).toMatchObject({ people: 3, answers: 3 });
    expect(report.questions[0]?.values).toEqual([
      { variant: 'a', value: 'price', count: 2 },
      { variant: 'a', value: 'size', count: 1 },
    ]);
    const masked = await call('GET', `experiences/${other}/answers`);
    expect(masked.json<AnswersReport>().questions[0]?.texts).toMatchObject([{ text: null }]);
    expect(masked.body).not.toContain('Zoe');
  });

  it('leaves with the person, and is in their copy before that', async () => {
    await offer('ten', 3);
    await start({
      kind: 'wheel',
      questions: [email],
      consent,
      segments: [
        { key: 'ten', label: { en: '10 % off' }, chance: 1, offer: 'ten' },
        { key: 'lost', label: { en: 'Nothing' }, chance: 0 },
      ],
    });
    const { code } = await answer({ anonymousId: 'd1', answers: { email: 'zoe@example.fr' }, consent: agreed });
    await shop().settle();
    const profiles = [await holderOf('email:zoe@example.fr'), await holderOf('anonymous_id:d1')];
    const data = createExperiencedData(stores);
    const person = { workspaceId: shop().id, profileIds: profiles, identifiers: [], orderIds: [] };
    expect(await data.export(person)).toMatchObject({
      answers: [
        {
          experience: 'ask',
          answers: { email: 'zoe@example.fr' },
          consent: { text: agreed.text },
          consentState: 'asked',
        },
      ],
      draws: [{ experience: 'ask', segment: 'ten', code }],
    });
    expect(await data.erase(person)).toMatchObject({ answers: 1, draws: 1 });
    expect(await data.export(person)).toMatchObject({ answers: [], draws: [] });
  });
});
