import { z } from 'zod';
import type { TestServer } from '../harness/startServer.ts';
import { untilThere } from '../harness/untilThere.ts';

const identified = z.object({ id: z.union([z.string(), z.number()]) });

/** One pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** One of everything that reaches people, and the paths under which an attacker would ask for it. */
export async function fillMessages(
  { api }: Pick<TestServer, 'api'>,
  { mark, profile, segment, site }: { mark: string; profile: string; segment: string; site: number },
): Promise<Readonly<Record<string, string | number>>> {
  const create = async (path: string, body: object): Promise<string | number> =>
    identified.parse(await api.post(`/api/v1/${path}`, body)).id;
  const mjml = `<mjml><mj-body><mj-section><mj-column><mj-text>${mark}</mj-text></mj-column></mj-section></mj-body></mjml>`;
  const template = String(
    await create('templates', {
      name: mark,
      channel: 'email',
      content: {
        kind: 'email',
        fallbackLanguage: 'en',
        sender: { name: mark, address: 'shop@example.org' },
        languages: { en: { subject: mark, mjml } },
      },
    }),
  );
  await api.put(`/api/v1/template-parts/${mark.toLowerCase()}`, { source: mark });
  const form = new FormData();
  form.set('file', new Blob([picture], { type: 'image/png' }), `${mark}.png`);
  const stored = await api.request('/api/v1/assets', { method: 'POST', body: form });
  const asset = identified.parse(await stored.json()).id;
  const campaign = await create('campaigns', { name: mark, segment, template });
  const journey = await create('journeys', {
    name: mark,
    definition: {
      trigger: { kind: 'event', event: `${mark} Seen` },
      start: 'hello',
      nodes: {
        hello: { kind: 'message', channel: 'email', template, next: 'end' },
        end: { kind: 'exit' },
      },
    },
  });
  const pool = await create('coupon-pools', { name: mark });
  const offer = await create('offers', { key: 'hidden', name: mark, texts: { en: { title: mark } } });
  await api.request('/api/v1/suppressions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ channel: 'email', value: `${mark.toLowerCase()}@example.org` }),
  });
  const message = await create('messages', {
    profile,
    template,
    idempotencyKey: mark,
    variables: { note: mark },
  });
  const sandbox = await untilThere('a message in the sandbox', 30_000, async () => {
    const { items } = await api.get('/api/v1/sandbox-messages', z.object({ items: z.array(identified) }));
    return items[0]?.id ?? null;
  });
  // Once a provider is set up, mail goes there and no more into the sandbox.
  const channel = await create('channels', {
    label: mark,
    kind: 'postmark',
    settings: { serverToken: `${mark}-token`, messageStream: 'broadcast' },
    enabled: false,
  });
  // Paused: nothing of it leaves the house.
  const audience = await create('ad-audiences', {
    name: mark,
    kind: 'meta',
    segment,
    settings: { audienceId: '1', accessToken: `${mark}-token` },
    paused: true,
  });
  return {
    '/api/v1/ad-audiences/': audience,
    '/api/v1/templates/ready/': 'abandoned_cart',
    '/api/v1/templates/': template,
    '/api/v1/template-parts/': mark.toLowerCase(),
    '/api/v1/assets/': asset,
    '/api/v1/brand-kits/': site,
    '/api/v1/campaigns/': campaign,
    '/api/v1/journeys/': journey,
    '/api/v1/coupon-pools/': pool,
    '/api/v1/offers/': offer,
    '/api/v1/channels/': channel,
    '/api/v1/messages/': message,
    '/api/v1/sandbox-messages/': sandbox,
    '/api/v1/deliverability/brakes/': 1_000_000,
    '/api/v1/deliverability/domains/': 'example.org',
  };
}
