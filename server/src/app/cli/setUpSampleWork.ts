import {
  type experienceRequestSchema,
  type JourneyDefinition,
  type ReadyJourney,
  readyJourneyListSchema,
  type segmentDefinitionSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { Fault } from '../../platform/index.ts';
import type { Server } from './connect.ts';

type Definition = z.input<typeof segmentDefinitionSchema>;
const madeSchema = z.object({ id: z.coerce.string() });

/**
 * What a marketer of the sample retailer would have done: segments, an offer with codes, a campaign that is sent, journeys that
 * run, experiences in the shop; and the first predictions and recommendations. By the public API, in the retailer's language.
 *
 * @param send whether campaign and journeys may begin: only while every channel delivers to the sandbox, for some of the sample
 *   addresses could belong to somebody
 */
export async function setUpSampleWork(server: Server, { send }: { send: boolean }): Promise<void> {
  const post = <S extends z.ZodType>(schema: S, path: string, body: object): Promise<z.output<S>> =>
    server.call(schema, path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const make = async (path: string, body: object): Promise<string> => (await post(madeSchema, path, body)).id;
  const template = (key: string): Promise<string> => make(`/api/v1/templates/ready/${key}`, {});
  const segment = (name: string, description: string, definition: Definition): Promise<string> =>
    make('/api/v1/segments', { name, description, definition });

  for (const path of ['predictions/run', 'recommendations/build']) {
    await post(z.unknown(), `/api/v1/${path}`, {}).catch((error: unknown) => {
      // What was imported may have begun one already.
      if (!(error instanceof Fault) || !error.code.endsWith('_under_way')) throw error;
    });
  }

  const loyal = await segment('Clients fidèles', 'Trois commandes ou plus', orders(3));
  const buyers = await segment('Ont déjà acheté', 'Au moins une commande', orders(1));
  await make('/api/v1/lookalikes', { segment: loyal, name: 'Semblables aux clients fidèles', reach: 0.1 });

  const pool = Number(await make('/api/v1/coupon-pools', { name: 'Codes de bienvenue' }));
  await post(z.unknown(), `/api/v1/coupon-pools/${pool}/codes`, { count: 500, prefix: 'CV-', length: 8 });
  const offer = {
    key: 'bienvenue',
    name: '10 % sur la première commande',
    state: 'active',
    texts: { fr: { title: '10 % sur votre première commande' }, en: { title: '10 % off your first order' } },
    limits: { total: null, perPerson: 1, codeDays: 30 },
    code: { kind: 'unique', pool },
  };
  await make('/api/v1/offers', offer);

  const thanks = { name: 'Merci à nos clients fidèles', segment: loyal, template: await template('vip'), control: 0.1 };
  const campaign = await make('/api/v1/campaigns', thanks);
  if (send) await post(z.unknown(), `/api/v1/campaigns/${campaign}/start`, {});
  await make('/api/v1/campaigns', {
    name: 'Ils nous manquent',
    segment: buyers,
    exclude: [loyal],
    template: await template('win_back'),
  });

  const ready = await server.call(readyJourneyListSchema, '/api/v1/journeys/ready-made');
  for (const journey of ready.items.filter(({ key }) => runningJourneys.includes(key))) {
    const { name, description } = journey;
    const definition = await withTemplates(journey, template);
    const id = await make('/api/v1/journeys', { name: name.fr, description: description.fr, definition });
    if (send) await post(z.unknown(), `/api/v1/journeys/${id}/start`, {});
  }

  for (const experience of experiences) {
    const id = await make('/api/v1/experiences', experience);
    await post(z.unknown(), `/api/v1/experiences/${id}/start`, {});
  }
}

const orders = (atLeast: number): Definition => ({ kind: 'order', test: { op: 'gte', value: atLeast } });

const runningJourneys: readonly string[] = ['welcome', 'abandoned_cart', 'post_purchase'];

/** A ready-made journey with the retailer's own templates and words in its steps. */
async function withTemplates(
  { definition, labels, templates }: ReadyJourney,
  take: (key: string) => Promise<string>,
): Promise<JourneyDefinition> {
  const nodes = { ...definition.nodes };
  for (const [id, label] of Object.entries(labels)) {
    const node = nodes[id];
    if (node !== undefined) nodes[id] = { ...node, label: label.fr };
  }
  for (const [id, key] of Object.entries(templates)) {
    const node = nodes[id];
    if (node?.kind === 'message') nodes[id] = { ...node, template: await take(key) };
  }
  return { ...definition, nodes };
}

const experiences: readonly z.input<typeof experienceRequestSchema>[] = [
  {
    key: 'livraison-offerte',
    name: 'Livraison offerte aux gros paniers',
    when: [{ field: 'cart.value', op: 'at_least', value: 30 }],
    caps: { afterClose: { days: 1 } },
    variants: [
      {
        key: 'bandeau',
        name: 'Bandeau',
        weight: 1,
        content: {
          kind: 'bar',
          place: 'top',
          texts: {
            fr: { title: 'La livraison est offerte dès 60 €', close: 'Fermer' },
            en: { title: 'Free delivery from €60', close: 'Close' },
          },
          style: { background: '#16325c', text: '#ffffff', accent: '#ffd166' },
          blocks: [{ type: 'remaining', field: 'cart.value', goal: 60 }],
        },
      },
    ],
  },
  {
    key: 'titre-accueil',
    name: 'Un autre titre en page d’accueil',
    when: [{ field: 'page.path', op: 'is', values: ['/fr/'] }],
    control: 0.5,
    variants: [
      {
        key: 'nouveau',
        name: 'Nouveau titre',
        weight: 1,
        content: {
          kind: 'change',
          changes: [{ action: 'text', selector: 'h1', value: 'La nouvelle collection est là' }],
        },
      },
    ],
  },
];
