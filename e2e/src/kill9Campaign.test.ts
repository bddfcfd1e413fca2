import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Campaign, campaignSchema, messagePageSchema, segmentSchema } from '@vitrail/contracts';
import { SMTPServer } from 'smtp-server';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { poll } from '../../server/test/poll.ts';
import { startServer } from './harness/startServer.ts';
import { untilThere } from './harness/untilThere.ts';
import { createRandom } from './load/random.ts';
import { seed } from './load/seed.ts';

/** `VITRAIL_E2E_PEOPLE=50000` takes the long way. */
const people = Number(process.env.VITRAIL_E2E_PEOPLE ?? 12_000);
const kills = 20;

/** A real mail server that counts what each address was given. */
async function openMailbox(): Promise<{ url: string; taken: Map<string, number>; close(): void }> {
  const taken = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, done) {
      stream.on('data', () => undefined);
      stream.on('end', () => {
        for (const { address } of session.envelope.rcptTo) taken.set(address, (taken.get(address) ?? 0) + 1);
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

it(`a campaign killed ${kills} times on its way writes to everyone once, or says that it cannot know (seed ${seed})`, async () => {
  const random = createRandom(seed);
  const mailbox = await openMailbox();
  onTestFinished(mailbox.close);
  const server = await startServer({ env: { VITRAIL_SMTP_URL: mailbox.url } });
  onTestFinished(() => server.dispose());
  const { api } = server;
  const lines = Array.from({ length: people }, (_, index) => `c${index},Name${index},p${index}@example.com,yes`);
  await api.importFile({
    as: 'people',
    name: 'people.csv',
    content: `customer_id,first_name,email,newsletter\n${lines.join('\n')}\n`,
  });
  await api.waitSettled();
  const segment = idSchema.parse(
    await api.post('/api/v1/segments', {
      name: 'Everyone',
      definition: { kind: 'all', of: [{ kind: 'trait', trait: 'email', test: { type: 'any', op: 'exists' } }] },
    }),
  );
  await untilThere('the members', 60_000, async () => {
    const { state, size } = await api.get(`/api/v1/segments/${segment.id}`, segmentSchema);
    return state === 'live' && size === people ? true : null;
  });
  const template = idSchema.parse(
    await api.post('/api/v1/templates', {
      name: 'Spring',
      channel: 'email',
      content: {
        kind: 'email',
        fallbackLanguage: 'en',
        sender: { name: 'Shop', address: 'shop@example.org' },
        languages: { en: { subject: 'Spring', mjml } },
      },
    }),
  );
  const request = { name: 'Spring', segment: segment.id, channel: 'email', template: template.id };
  const { id } = idSchema.parse(await api.post('/api/v1/campaigns', request));
  const read = (): Promise<Campaign> => api.get(`/api/v1/campaigns/${id}`, campaignSchema);
  await api.post(`/api/v1/campaigns/${id}/start`, {});

  let before = 0;
  let died = 0;
  for (; died < kills; died++) {
    // The first lives end while people are still gone through, the later ones after some mails.
    if (died >= 3)
      await poll(
        'a few more mails',
        () => mailbox.taken.size >= Math.min(before + people / (kills * 2), people * 0.98),
        {
          timeoutMs: 90_000,
          everyMs: 10,
        },
      );
    await sleep(random.int(0, 250));
    before = mailbox.taken.size;
    await server.kill9(random.chance(0.4) ? 'everything' : 'program');
    server.launch();
    await server.ready();
  }
  const ended = await untilThere('the end of the campaign', 240_000, async () => {
    const campaign = await read();
    return campaign.state === 'done' ? campaign : null;
  });

  const twice = [...mailbox.taken].filter(([, mails]) => mails > 1);
  expect(twice, `seed ${seed}: people who got it twice`).toEqual([]);
  expect(ended.audience).toMatchObject({ matched: people, willSend: people, complete: true });
  expect(ended.sent + ended.uncertain, `seed ${seed}: everyone is accounted for`).toBe(people);
  expect(ended).toMatchObject({ queued: 0, failed: 0, skipped: 0 });

  // Whoever got none is among those of whom it is said that nobody can know.
  const uncertain = new Set<string>();
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: z.output<typeof messagePageSchema> = await api.get(
      `/api/v1/messages?campaign=${id}&state=uncertain${query}`,
      messagePageSchema,
    );
    for (const { address } of page.items) uncertain.add(address ?? '');
    cursor = page.next;
  }
  const missing = Array.from({ length: people }, (_, index) => `p${index}@example.com`).filter(
    (address) => !mailbox.taken.has(address),
  );
  expect(
    missing.filter((address) => !uncertain.has(address)),
    `seed ${seed}: sent by our account, and never arrived`,
  ).toEqual([]);
  // What a kill leaves open is what was being handed over, not the whole queue.
  expect(uncertain.size).toBeLessThan(kills * 160);
  expect(died).toBe(kills);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
}, 900_000);
