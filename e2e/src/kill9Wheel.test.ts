import { setTimeout as sleep } from 'node:timers/promises';
import { answerAnswerSchema, answersReportSchema, experienceSchema } from '@vitrail/contracts';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { prepareServer, writeKey } from './harness/startServer.ts';
import { untilThere } from './harness/untilThere.ts';

const [people, codes, kills] = [60, 15, 3];
const waitMs = 180_000;

it(`a wheel killed ${kills} times draws once for each of ${people} people, and gives each of ${codes} codes at most once`, async () => {
  const server = await prepareServer({ env: { VITRAIL_TRUST_PROXY: 'true' } });
  onTestFinished(() => server.dispose());
  server.launch();
  await server.ready();
  const { api, url } = server;
  const pool = z.object({ id: z.number() }).parse(await api.post('/api/v1/coupon-pools', { name: 'Wheel' }));
  await api.post(`/api/v1/coupon-pools/${pool.id}/codes`, { count: codes, prefix: 'W-', length: 8 });
  const texts = { en: { title: 'Ten per cent' } };
  const code = { kind: 'unique', pool: pool.id };
  await api.post('/api/v1/offers', { key: 'ten', name: 'Ten', state: 'active', texts, code });
  const content = {
    kind: 'wheel',
    texts: { en: { title: 'Try your luck' } },
    questions: [{ trait: 'email', kind: 'email', label: { en: 'E-mail' }, required: true }],
    segments: [
      { key: 'ten', label: { en: '10 % off' }, chance: 0.6, offer: 'ten' },
      { key: 'lost', label: { en: 'Nothing' }, chance: 0.4 },
    ],
  };
  const variants = [{ key: 'a', name: 'A', weight: 1, content }];
  const { id } = experienceSchema.parse(
    await api.post('/api/v1/experiences', { key: 'wheel', name: 'Wheel', variants }),
  );
  await api.post(`/api/v1/experiences/${id}/start`, {});

  /** As a page does: the same answer until it is told what it brought. From two devices with one address. */
  const spin = (person: number, device: string): Promise<string> =>
    untilThere(`what person ${person} drew`, waitMs, async () => {
      const body = JSON.stringify({
        writeKey,
        messageId: `message-${device}-${person}`,
        anonymousId: `${device}-${person}`,
        experience: 'wheel',
        variant: 'a',
        answers: { email: `p${person}@example.com` },
      });
      // Thirty from one address in ten minutes: each person sits at a network of their own, and a proxy says so.
      const headers = { 'x-forwarded-for': `10.0.${person}.1`, 'user-agent': 'Mozilla/5.0 Firefox/140.0' };
      const answer = await fetch(`${url}/v1/answers`, { method: 'POST', body, headers }).catch(() => null);
      if (answer === null || answer.status >= 500) {
        await sleep(200);
        return null;
      }
      expect(answer.status).toBe(200);
      const { state, draw, code: given } = answerAnswerSchema.parse(await answer.json());
      return state === 'taken' && draw !== null ? `${draw.segment} ${given}` : null;
    });

  const spinning = Promise.all(
    Array.from({ length: people }, async (_, person) => {
      await sleep(person * 150);
      return Promise.all([spin(person, 'phone'), spin(person, 'desk')]);
    }),
  );
  for (let kill = 0; kill < kills; kill += 1) {
    await sleep(2_500);
    await server.kill9(kill % 2 === 0 ? 'program' : 'everything');
    server.launch();
    await server.ready();
  }
  const drawn = await spinning;
  for (const [phone, desk] of drawn) expect(desk).toBe(phone);
  const given = drawn.flatMap(([first]) => (first?.startsWith('ten') ? [first] : []));
  expect(new Set(given).size).toBe(given.length);
  expect(given.length).toBeLessThanOrEqual(codes);
  const report = await api.get(`/api/v1/experiences/${id}/answers`, answersReportSchema);
  expect(report.draws.reduce((sum, each) => sum + each.drawn, 0)).toBe(people);
  expect(report.stock).toEqual([{ offer: 'ten', left: codes - given.length }]);
}, 600_000);
