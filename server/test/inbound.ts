import { afterAll, beforeAll } from 'vitest';
import { createHookLinks, createReferences } from '../src/communicate/channels/index.ts';
import { boundTo } from '../src/communicate/channels/setup/openProvider.ts';
import { seal } from '../src/communicate/channels/setup/sealCredentials.ts';
import { insertProvider } from '../src/communicate/channels/sql/providers.pg.ts';
import { followConsents } from '../src/communicate/consent/deriveConsents.ts';
import { createSigner } from '../src/communicate/consent/signTokens.ts';
import { registerInboundRoutes } from '../src/communicate/inbound/index.ts';
import {
  createShortLinks,
  createTrackingLinks,
  createVisitRecorder,
  registerTrackingRoutes,
} from '../src/communicate/tracking/index.ts';
import { pgQuery } from '../src/platform/index.ts';
import { findHolder } from '../src/unify/index.ts';
import { openTestApp, type TestApp } from './httpApp.ts';
import { poll } from './poll.ts';
import { openShop, type Shop } from './shop.ts';
import { useStores } from './stores.ts';

const secret = Buffer.alloc(32, 9);
const credentials = Buffer.alloc(32, 4);
export const publicUrl = 'https://shop.example';
const signer = createSigner(secret);

const insertMessages = pgQuery({
  name: 'test.insertSentMessages',
  params: {
    workspace: 'int4',
    profile: 'int8',
    channel: 'text',
    address: 'text',
    provider: 'text',
    count: 'int4',
    now: 'timestamptz',
  },
  row: { id: 'int8' },
  text: `
    insert into communicate.message (workspace_id, profile_id, dedupe_key, channel, purpose, kind, origin, state, address,
      due_at, created_at, sent_at, provider, provider_message_id)
    select :workspace, :profile, 'test/' || gen_random_uuid(), :channel, 'marketing', 'marketing', 'api', 'sent', :address,
      :now, :now, :now, :provider, gen_random_uuid()::text
    from generate_series(1, :count) returning id`,
});
const readNews = pgQuery({
  name: 'test.readNews',
  params: { workspace: 'int4', message: 'int8' },
  row: { kind: 'text', machine: 'bool', detail: 'jsonb' },
  text: `select kind, machine, detail from communicate.feedback where workspace_id = :workspace and message_id = :message order by id`,
});
const readMessage = pgQuery({
  name: 'test.readMessageState',
  params: { workspace: 'int4', message: 'int8' },
  row: { state: 'text', provider_message_id: 'text' },
  text: `select state, provider_message_id from communicate.message where workspace_id = :workspace and id = :message`,
});
const listSuppressed = pgQuery({
  name: 'test.listSuppressed',
  params: { workspace: 'int4' },
  row: { channel: 'text', value: 'text', reason: 'text' },
  text: `select channel, value, reason from communicate.suppression where workspace_id = :workspace order by value`,
});
const readConsentStates = pgQuery({
  name: 'test.readConsentsNow',
  params: { workspace: 'int4', profile: 'int8' },
  row: { purpose: 'text', channel: 'text', state: 'text' },
  text: `select purpose, channel, state from communicate.consent_state
    where workspace_id = :workspace and profile_id = :profile order by 1, 2`,
});

const countConfirmed = pgQuery({
  name: 'test.countConfirmed',
  params: { workspace: 'int4', profile: 'int8' },
  row: { entries: 'int8' },
  text: `select count(*) as entries from communicate.outbox
    where workspace_id = :workspace and profiles = array[:profile::int8] and rows = 1`,
});
const phoneAgent =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1';

/** A shop with people it wrote to, and the addresses at which it hears what became of it; opened once for a file. */
export function useInbound() {
  const stores = useStores();
  const references = createReferences(secret);
  const hooks = createHookLinks(signer, publicUrl);
  const links = createTrackingLinks(signer, publicUrl);
  const shortLinks = createShortLinks(signer, publicUrl);
  const opened: { shop: Shop | null; web: TestApp | null; close: () => Promise<void> } = {
    shop: null,
    web: null,
    close: async () => undefined,
  };
  const shopOf = (): Shop => {
    if (opened.shop === null) throw new Error('the shop is not open yet');
    return opened.shop;
  };
  const app = (): TestApp['app'] => {
    if (opened.web === null) throw new Error('the shop is not open yet');
    return opened.web.app;
  };
  beforeAll(async () => {
    const shop = await openShop(stores, { reactors: [followConsents(stores)] });
    const deps = { pg: stores.pg, clock: stores.clock, log: stores.log, pipeline: shop.pipeline };
    const onRecorded = (): void => undefined;
    opened.shop = shop;
    opened.web = await openTestApp(stores, {
      rooms: (rooms) => {
        const recorder = createVisitRecorder({ ...deps, onRecorded }, { holdMs: 50 });
        opened.close = recorder.close;
        registerTrackingRoutes(rooms, { ...deps, links, shortLinks, visits: recorder });
        registerInboundRoutes(rooms, { ...deps, references, hooks, credentials, publicUrl, onRecorded });
      },
    });
  });
  afterAll(async () => {
    await opened.web?.close();
    await opened.close();
    await opened.shop?.pipeline.stop();
  });

  const pathOf = (url: string): string => url.slice(publicUrl.length);
  const newsOf = (message: number) => stores.pg.rows(readNews, { workspace: shopOf().id, message });
  let people = 0;
  return {
    stores,
    signer,
    references,
    hooks,
    links,
    shortLinks,
    app,
    pathOf,
    newsOf,
    get shop(): Shop {
      return shopOf();
    },
    /** Somebody with an address and a number, and messages that were sent to them. */
    async openMessage(
      more: { consent?: Record<string, boolean>; channel?: string; provider?: string; count?: number } = {},
    ) {
      const shop = shopOf();
      people += 1;
      const email = `p${people}@example.fr`;
      const phone = `+336123456${String(people).padStart(2, '0')}`;
      await shop.send({
        type: 'identify',
        userId: `u${people}`,
        traits: { email, phone },
        ...(more.consent === undefined ? {} : { context: { consent: { categoryPreferences: more.consent } } }),
      });
      const [holder] = await findHolder(stores.pg, shop.id, [`email:${email}`]);
      const profile = holder ?? 0;
      const channel = more.channel ?? 'email';
      const rows = await stores.pg.rows(insertMessages, {
        workspace: shop.id,
        profile,
        channel,
        address: channel === 'email' ? email : phone,
        provider: more.provider ?? 'smtp',
        count: more.count ?? 1,
        now: stores.clock.now(),
      });
      const [{ id } = { id: 0 }] = rows;
      return { id, ids: rows.map((row) => row.id), email, phone, profile };
    },
    settledNews: (message: number, count: number) =>
      poll('news of the message', async () => {
        const news = await newsOf(message);
        return news.length >= count ? news : null;
      }),
    messageNow: (message: number) => stores.pg.row(readMessage, { workspace: shopOf().id, message }),
    suppressed: () => stores.pg.rows(listSuppressed, { workspace: shopOf().id }),
    consentsOf: (profile: number) => stores.pg.rows(readConsentStates, { workspace: shopOf().id, profile }),
    /** Confirmations on their way to the timeline. */
    subscribed: async (profile: number) =>
      (await stores.pg.row(countConfirmed, { workspace: shopOf().id, profile }))?.entries,
    get: (url: string, headers: Record<string, string> = { 'user-agent': phoneAgent }) =>
      app().inject({ method: 'GET', url: pathOf(url), headers }),
    /** A mail that came to the shop, handed on by its server. */
    postMail: (payload: string, to = hooks.write('mail', { workspace: shopOf().id, provider: 0 })) =>
      app().inject({ method: 'POST', url: pathOf(to), headers: { 'content-type': 'message/rfc822' }, payload }),
    /** What reading mailboxes needs. */
    watching: () => ({
      pg: stores.pg,
      clock: stores.clock,
      log: stores.log,
      pipeline: shopOf().pipeline,
      references,
      credentials,
      onRecorded: (): void => undefined,
    }),
    async setUp(
      kind: string,
      channel: string,
      settings: Record<string, string>,
      secrets: Record<string, string>,
    ): Promise<number> {
      const workspace = shopOf().id;
      const row = await stores.pg.row(insertProvider, {
        workspace,
        label: kind,
        kind,
        channel,
        settings,
        credentials: seal(credentials, boundTo(workspace, kind), JSON.stringify(secrets)),
        priority: 10,
        perSecond: 10,
        concurrency: 10,
        warmUp: null,
        enabled: true,
        now: stores.clock.now(),
      });
      return row?.id ?? 0;
    },
  };
}

/** A mail server's report that a mail could not be delivered (RFC 3464). */
export const bounceMail = (to: string, status: string): string =>
  [
    'From: MAILER-DAEMON@mx.example.net',
    `To: ${to}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.net',
    '',
    'Final-Recipient: rfc822; x@example.fr',
    'Action: failed',
    `Status: ${status}`,
    `Diagnostic-Code: smtp; 550 ${status} <x@example.fr> User unknown`,
    '--b--',
    '',
  ].join('\r\n');

/** A provider's report that somebody marked a mail as unwanted (RFC 5965), with the headers of the mail. */
export const complaintMail = (messageId: string): string =>
  [
    'From: complaints@mailbox.example.net',
    'To: abuse@shop.example',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=feedback-report; boundary="b"',
    '',
    '--b',
    'Content-Type: message/feedback-report',
    '',
    'Feedback-Type: abuse',
    'User-Agent: Mailbox/1.0',
    'Version: 1',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: <${messageId}@shop.example>`,
    'Subject: Hello',
    '--b--',
    '',
  ].join('\r\n');
