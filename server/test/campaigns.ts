import { type CampaignRequest, campaignRequestSchema } from '@vitrail/contracts';
import { afterEach, beforeEach } from 'vitest';
import { encodeProfileId } from '../src/collect/index.ts';
import { createCampaign } from '../src/communicate/campaigns/changeCampaigns.ts';
import { getCampaign } from '../src/communicate/campaigns/readCampaigns.ts';
import { recordConsents } from '../src/communicate/consent/recordConsents.ts';
import { type Communicate, createCommunicate } from '../src/communicate/createCommunicate.ts';
import { createTemplate } from '../src/communicate/templates/store/saveTemplate.ts';
import { createRecommendDeps } from '../src/decide/index.ts';
import { createLoadOthers } from '../src/decide/references/loadOthers.ts';
import { createSegments, type Segments } from '../src/decide/segments/createSegments.ts';
import { createList } from '../src/decide/segments/saveSegment.ts';
import { createAssigner } from '../src/experience/index.ts';
import { pgQuery } from '../src/platform/index.ts';
import { type MailServer, openMailServer } from './mailServer.ts';
import { poll } from './poll.ts';
import { openShop, type Shop, testSecrets } from './shop.ts';
import { useStores } from './stores.ts';

export const campaignActor = { kind: 'system', id: 'test' } as const;
const actor = campaignActor;

export const findUsers = pgQuery({
  name: 'test.campaigns.findUsers',
  params: { workspace: 'int4', prefix: 'text' },
  row: { value: 'text', profile_id: 'int8' },
  text: `select value, profile_id from unify.identifier
    where workspace_id = :workspace and namespace = 'user_id' and starts_with(value, :prefix) order by value`,
});

/** A shop that sends campaigns through a real mail server; everything fresh for each test. */
export function useCampaigns() {
  const stores = useStores();
  let shop: Shop;
  let segments: Segments;
  let mail: MailServer;
  let communicate: Communicate;

  beforeEach(async () => {
    stores.clock.set('2026-05-20T12:00:00Z');
    segments = createSegments(stores, createLoadOthers(stores.pg));
    shop = await openShop(stores, { reactors: [segments.react], timeZone: 'Europe/Paris' });
    mail = await openMailServer();
    communicate = createCommunicate(stores, {
      publicUrl: 'http://127.0.0.1:4400',
      secrets: testSecrets,
      smtpUrl: mail.url,
      pictureOrigins: [],
      privateWebhooks: false,
      assigner: createAssigner(stores),
      recommending: createRecommendDeps(stores),
      onMessageEvents: (workspace, profiles) => segments.touch(workspace, profiles),
    });
    await communicate.start();
  });
  afterEach(async () => {
    await communicate.stop();
    await segments.stop();
    await shop.pipeline.stop();
    await mail.close();
  });

  /** People with an address who said yes, by number; every fifth did not say anything. Their profile rows. */
  async function people(count: number): Promise<number[]> {
    await shop.send(
      ...Array.from({ length: count }, (_, index) => ({
        type: 'identify',
        userId: `u${String(index).padStart(4, '0')}`,
        timestamp: stores.clock.now().toISOString(),
        traits: { email: `u${index}@example.com`, firstName: `Name${index}` },
      })),
    );
    const rows = await stores.pg.rows(findUsers, { workspace: shop.id, prefix: 'u' });
    const profiles = rows.map(({ profile_id }) => profile_id);
    await stores.pg.transaction((tx) =>
      recordConsents(tx, {
        workspace: shop.id,
        now: stores.clock.now(),
        facts: profiles
          .filter((_, index) => index % 5 !== 4)
          .map((profile) => ({
            profile,
            purpose: 'marketing',
            channel: 'email' as const,
            state: 'granted' as const,
            basis: 'consent' as const,
            at: stores.clock.now(),
            expiresAt: null,
            source: 'api' as const,
            actor: 'test',
            proof: {},
          })),
      }),
    );
    return profiles;
  }

  async function listOf(profiles: readonly number[]): Promise<string> {
    const saved = {
      workspace: shop.id,
      actor,
      name: 'Everyone',
      description: '',
      profiles: profiles.map(encodeProfileId),
    };
    const jobs = { ...stores.jobs, send: async () => undefined };
    return (await createList({ ...segments.deps, jobs }, saved)).id;
  }

  async function template(name: string, more = ''): Promise<string> {
    const { id } = await createTemplate(stores, {
      workspace: shop.id,
      actor,
      name,
      channel: 'email',
      note: '',
      content: {
        kind: 'email',
        fallbackLanguage: 'en',
        sender: { name: 'Shop', address: 'shop@example.org' },
        languages: {
          en: {
            subject: `${name} for {{ customer.firstName | default: "you" }}`,
            preheader: '',
            mjml: `<mjml><mj-body><mj-section><mj-column><mj-text>Hello {{ customer.firstName }}${more}</mj-text>
              <mj-text><a href="{{ unsubscribe_url }}">Unsubscribe</a></mj-text></mj-column></mj-section></mj-body></mjml>`,
          },
        },
      },
    });
    return id;
  }

  async function campaign(overrides: Partial<CampaignRequest> & { segment: string }): Promise<number> {
    const definition = campaignRequestSchema.parse({ name: 'Spring', ...overrides });
    return createCampaign(deps(), { workspace: shop.id, actor }, definition);
  }
  const deps = () => ({
    pg: stores.pg,
    clock: stores.clock,
    onChange: communicate.campaigns.ring,
    assigner: communicate.assigner,
  });
  const by = () => ({ workspace: shop.id, actor });
  const done = (id: number) =>
    poll('the campaign to be done', async () => {
      communicate.ring();
      const found = await getCampaign(stores.pg, shop.id, id);
      return found.state === 'done' ? found : null;
    });
  return {
    stores,
    get shop() {
      return shop;
    },
    get mail() {
      return mail;
    },
    get communicate() {
      return communicate;
    },
    people,
    listOf,
    template,
    campaign,
    deps,
    by,
    done,
  };
}
