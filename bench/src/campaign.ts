import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { audienceSchema, campaignSchema, segmentSchema } from '@vitrail/contracts';
import { z } from 'zod';
import { readMemory } from './processTree.ts';
import type { BenchServer } from './server.ts';

/** Takes messages in a process of its own. */
export interface Sink {
  /** For `VITRAIL_SMTP_URL`, or a webhook's address. */
  readonly url: string;
  taken(): Promise<number>;
  close(): void;
}

const sinks = {
  mail: {
    file: fileURLToPath(new URL('./mailSink.js', import.meta.url)),
    url: (port: number) => `smtp://127.0.0.1:${port}?connections=20`,
  },
  hook: {
    file: fileURLToPath(new URL('./hookSink.js', import.meta.url)),
    url: (port: number) => `http://127.0.0.1:${port}/hook`,
  },
} as const;

export async function openSink(kind: keyof typeof sinks): Promise<Sink> {
  const { file, url } = sinks[kind];
  const child = fork(file, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [first] = await once(child, 'message');
  const { port } = z.object({ port: z.int() }).parse(first);
  return {
    url: url(port),
    async taken() {
      const answer = once(child, 'message');
      child.send('how many');
      const [said] = await answer;
      return z.object({ taken: z.int() }).parse(said).taken;
    },
    close: () => child.disconnect(),
  };
}

const product = (index: number): string =>
  `<mj-section><mj-column><mj-image src="{{ products[${index}].imageUrl }}" alt="{{ products[${index}].title }}" />
   <mj-text><a href="{{ products[${index}].url }}">{{ products[${index}].title }}</a></mj-text>
   <mj-text>{{ products[${index}].price }}</mj-text></mj-column></mj-section>`;

const templateBody = {
  name: 'Spring',
  channel: 'email',
  content: {
    kind: 'email',
    fallbackLanguage: 'en',
    sender: { name: 'Shop', address: 'shop@example.org' },
    languages: {
      en: {
        subject: '{{ customer.firstName }}, spring is here',
        preheader: '',
        mjml: `<mjml><mj-body><mj-section><mj-column><mj-text>Hello {{ customer.firstName }}</mj-text></mj-column></mj-section>
          ${[0, 1, 2].map(product).join('')}
          <mj-section><mj-column><mj-text><a href="{{ unsubscribe_url }}">Unsubscribe</a></mj-text></mj-column></mj-section>
          </mj-body></mjml>`,
      },
    },
  },
};

export interface CampaignReport {
  readonly people: number;
  /** Seconds of one look at what the gate would say to everyone. */
  readonly foreseenSeconds: number;
  /** Seconds until the audience was frozen. */
  readonly frozenSeconds: number;
  readonly mailsPerSecond: number;
  /** Bytes of the server and its engines, the most seen while sending. */
  readonly memory: number;
}

/** A campaign to everyone, from the click until `mails` of them were handed over. */
export async function benchCampaign(server: BenchServer, sink: Sink, mails: number): Promise<CampaignReport> {
  const segment = await server.post(z.object({ id: z.string() }), '/api/v1/segments', {
    name: 'Everyone with an address',
    definition: { kind: 'all', of: [{ kind: 'trait', trait: 'email', test: { type: 'any', op: 'exists' } }] },
  });
  for (;;) {
    const { state } = await server.get(segmentSchema, `/api/v1/segments/${segment.id}`);
    if (state === 'live') break;
    await pause(200);
  }
  const template = await server.post(z.object({ id: z.string() }), '/api/v1/templates', templateBody);
  const request = { name: 'Spring', segment: segment.id, channel: 'email', template: template.id };
  const campaign = await server.post(campaignSchema, '/api/v1/campaigns', request);
  const path = `/api/v1/campaigns/${campaign.id}`;
  const looked = performance.now();
  const foreseen = await server.get(audienceSchema, `${path}/audience`);
  const foreseenSeconds = (performance.now() - looked) / 1_000;
  const began = performance.now();
  await server.post(campaignSchema, `${path}/start`, {});
  let frozenSeconds = 0;
  while (frozenSeconds === 0) {
    const { audience } = await server.get(campaignSchema, path);
    if (audience?.complete === true) frozenSeconds = (performance.now() - began) / 1_000;
    else await pause(100);
  }
  const pace = await paceOf(server, sink, Math.min(mails, foreseen.willSend));
  return {
    people: foreseen.matched,
    foreseenSeconds,
    frozenSeconds,
    mailsPerSecond: pace.perSecond,
    memory: pace.memory,
  };
}

/** The pace once everyone has been gone through: from the first on until so many were taken. */
async function paceOf(server: BenchServer, sink: Sink, wanted: number): Promise<{ perSecond: number; memory: number }> {
  const before = await sink.taken();
  while ((await sink.taken()) === before) await pause(20);
  const first = await sink.taken();
  const from = performance.now();
  let memory = 0;
  for (;;) {
    await pause(500);
    memory = Math.max(memory, readMemory(server.pid));
    const taken = await sink.taken();
    if (taken - before < wanted) continue;
    return { perSecond: (taken - first) / ((performance.now() - from) / 1_000), memory };
  }
}

/** The same people by webhook: posts a second. */
export async function benchWebhooks(server: BenchServer, sink: Sink, posts: number): Promise<number> {
  const { items } = await server.get(
    z.object({ items: z.array(segmentSchema.pick({ id: true })) }),
    '/api/v1/segments',
  );
  const channel = {
    label: 'Sink',
    kind: 'webhook',
    settings: { url: sink.url },
    perSecond: 10_000,
    concurrency: 100,
  };
  await server.post(z.object({}), '/api/v1/channels', channel);
  const body = { name: '{{ customer.firstName }}', city: '{{ customer.city }}' };
  const template = await server.post(z.object({ id: z.string() }), '/api/v1/templates', {
    name: 'Told',
    channel: 'webhook',
    content: { kind: 'json', fallbackLanguage: 'en', languages: { en: { body } } },
  });
  const request = { name: 'Told', segment: items[0]?.id, channel: 'webhook', template: template.id };
  const campaign = await server.post(campaignSchema, '/api/v1/campaigns', request);
  await server.post(campaignSchema, `/api/v1/campaigns/${campaign.id}/start`, {});
  return (await paceOf(server, sink, posts)).perSecond;
}
