import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type JourneyDetail, journeyDetailSchema, messagePageSchema } from '@vitrail/contracts';
import { SMTPServer } from 'smtp-server';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { poll } from '../../server/test/poll.ts';
import { startServer, writeKey } from './harness/startServer.ts';
import { ask, untilThere } from './harness/untilThere.ts';
import { createRandom } from './load/random.ts';
import { seed } from './load/seed.ts';

/** `VITRAIL_E2E_PEOPLE=20000` takes the long way. */
const people = Number(process.env.VITRAIL_E2E_PEOPLE ?? 3_000);
const kills = 20;
/** Everybody comes due within these, one after the other. */
const minutes = 4;
const batchSize = 500;

/** A real mail server that counts what each address was given, by subject. */
async function openMailbox(): Promise<{ url: string; taken: Map<string, number>; close(): void }> {
  const taken = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const subject = /^Subject: (.*)$/m.exec(Buffer.concat(parts).toString('utf8'))?.[1]?.trim() ?? '';
        for (const { address } of session.envelope.rcptTo) {
          const mail = `${subject} ${address}`;
          taken.set(mail, (taken.get(mail) ?? 0) + 1);
        }
        done();
      });
    },
  });
  // Connections break off when the sender is killed.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, taken, close: () => server.close(() => undefined) };
}

const idSchema = z.object({ id: z.string() });
const mjml = `<mjml><mj-body><mj-section><mj-column><mj-text>Hello {{ customer.firstName }}</mj-text>
  <mj-text><a href="{{ unsubscribe_url }}">Unsubscribe</a></mj-text></mj-column></mj-section></mj-body></mjml>`;
const subjects = ['First', 'Second'] as const;

it(`a journey with waits killed ${kills} times takes everyone through once (seed ${seed})`, async () => {
  const random = createRandom(seed);
  const mailbox = await openMailbox();
  onTestFinished(mailbox.close);
  const server = await startServer({ env: { VITRAIL_SMTP_URL: mailbox.url } });
  onTestFinished(() => server.dispose());
  const { api, url } = server;
  const lines = Array.from({ length: people }, (_, index) => `c${index},Name${index},p${index}@example.com,yes`);
  await api.importFile({
    as: 'people',
    name: 'people.csv',
    content: `customer_id,first_name,email,newsletter\n${lines.join('\n')}\n`,
  });
  await api.waitSettled();
  // Two mails to everyone are more than the usual cap allows when other tests wrote to them; here nobody else does.
  const rules = { caps: [], quietHours: null, holdout: 0 };
  await api.put('/api/v1/sending-rules', rules);
  const templates = await Promise.all(
    subjects.map(async (subject) => {
      const content = {
        kind: 'email',
        fallbackLanguage: 'en',
        sender: { name: 'Shop', address: 'shop@example.org' },
        languages: { en: { subject, mjml } },
      };
      return idSchema.parse(await api.post('/api/v1/templates', { name: subject, channel: 'email', content })).id;
    }),
  );
  const wait = (next: string) => ({ kind: 'wait', until: { kind: 'duration', n: 1, unit: 'minute' }, next });
  const mail = (template: string | undefined, next: string) => ({ kind: 'message', channel: 'email', template, next });
  const { id } = idSchema.parse(
    await api.post('/api/v1/journeys', {
      name: 'Two mails',
      definition: {
        trigger: { kind: 'event', event: 'Greeted' },
        // The door lets them in one after the other, so that somebody is due at every moment.
        entry: { again: 'never', perHour: Math.ceil((people * 60) / minutes) },
        start: 'before',
        nodes: {
          before: wait('first'),
          first: mail(templates[0], 'between'),
          between: wait('second'),
          second: mail(templates[1], 'end'),
          end: { kind: 'exit' },
        },
      },
    }),
  );
  const read = (): Promise<JourneyDetail> => api.get(`/api/v1/journeys/${id}`, journeyDetailSchema);
  await api.post(`/api/v1/journeys/${id}/start`, {});
  for (let from = 0; from < people; from += batchSize) {
    const batch = Array.from({ length: Math.min(batchSize, people - from) }, (_, index) => ({
      type: 'track',
      event: 'Greeted',
      userId: `c${from + index}`,
      messageId: `greeted-${from + index}`,
    }));
    const headers = { 'content-type': 'application/json', authorization: `Basic ${btoa(`${writeKey}:`)}` };
    await ask('sending events', fetch(`${url}/v1/batch`, { method: 'POST', headers, body: JSON.stringify({ batch }) }));
  }

  let died = 0;
  for (let before = 0; died < kills; died++) {
    const share = (people * 2) / (kills * 2);
    await poll(
      'a few more mails',
      () => mailbox.taken.size >= Math.min(before + share, people * 2 * 0.97) || died === 0,
      { timeoutMs: 240_000, everyMs: 10 },
    );
    await sleep(random.int(0, 400));
    before = mailbox.taken.size;
    await server.kill9(random.chance(0.4) ? 'everything' : 'program');
    server.launch();
    await server.ready();
  }
  const ended = await untilThere('the end of every run', 400_000, async () => {
    const journey = await read();
    return journey.people.entered === people && journey.people.inside === 0 ? journey : null;
  });
  // Each run came in once, went every way once, and ended once.
  expect(ended.people).toMatchObject({ entered: people, inside: 0, finished: people });
  expect(ended.edges.map(({ passed }) => passed)).toEqual(ended.edges.map(() => people));

  const uncertain = new Set<string>();
  const messagesIn = async (state: string): Promise<string[]> => {
    const found: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: z.output<typeof messagePageSchema> = await api.get(
        `/api/v1/messages?journey=${id}&state=${state}${query}`,
        messagePageSchema,
      );
      found.push(...page.items.map(({ templateName, address }) => `${templateName} ${address}`));
      cursor = page.next;
    }
    return found;
  };
  await untilThere('an empty outbox', 120_000, async () => {
    const open = await Promise.all(['queued', 'claimed', 'sending', 'held'].map(messagesIn));
    return open.flat().length === 0 ? true : null;
  });
  for (const mail of await messagesIn('uncertain')) uncertain.add(mail);
  const twice = [...mailbox.taken].filter(([, mails]) => mails > 1);
  expect(twice, `seed ${seed}: mails somebody got twice`).toEqual([]);
  const missing = subjects.flatMap((subject) =>
    Array.from({ length: people }, (_, index) => `${subject} p${index}@example.com`).filter(
      (mail) => !mailbox.taken.has(mail) && !uncertain.has(mail),
    ),
  );
  expect(missing, `seed ${seed}: mails that never arrived, and of which nobody says so`).toEqual([]);
  expect(uncertain.size).toBeLessThan(kills * 160);
  expect(died).toBe(kills);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
}, 1_500_000);
