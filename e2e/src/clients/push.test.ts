import { messagePageSchema, profileConsentsSchema } from '@vitrail/contracts';
import type { Worker } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { poll } from '../../../server/test/poll.ts';
import { writeKey } from '../harness/startServer.ts';
import { openPushService, type PushService, readVapid } from './pushService.ts';
import { names, useShopPages } from './shopPages.ts';

// The service that takes the messages stands on this machine.
const shop = useShopPages({ VITRAIL_PRIVATE_WEBHOOKS: 'true' });
const idSchema = z.object({ id: z.string() });
const scriptPath = '/lumiere/sdk/v1/pushworker.js';

let service: PushService;
/** Templates with a link, and without one. */
let linked: string;
let plain: string;
/** What the browser's maker hands out to this visitor's browser, one subscription after the other. */
let subscriptions: ReturnType<PushService['subscribe']>[];
let key = 0;

/**
 * A browser without its maker's service cannot subscribe: this stands in for that service alone, in the page. All else, the
 * permission, the worker, the notification, is the browser's own.
 */
const standIn = (given: unknown): string => `{
  const given = ${JSON.stringify(given)};
  const read = () => JSON.parse(localStorage.getItem('maker') ?? '{"used":0}');
  const make = () => {
    const { used, key } = read();
    return key === undefined ? null : {
      options: { userVisibleOnly: true, applicationServerKey: Uint8Array.from(key).buffer },
      toJSON: () => ({ expirationTime: null, ...given[used - 1] }),
      unsubscribe: async () => { localStorage.setItem('maker', JSON.stringify({ used })); return true; },
    };
  };
  PushManager.prototype.getSubscription = async () => make();
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
    if (read().key === undefined)
      localStorage.setItem('maker', JSON.stringify({ used: read().used + 1, key: [...applicationServerKey] }));
    return make();
  };
}`;

const url = (path = '') => shop.at('localhost', path);
const api = () => shop.server.api;

beforeAll(async () => {
  service = await openPushService();
  const settings = { contact: 'it@shop.example' };
  await api().post('/api/v1/channels', { label: 'Push', kind: 'vapid', settings });
  const template = async (name: string, link: object): Promise<string> => {
    const languages = { fr: { title: 'Votre commande est prête', body: 'Venez la chercher', ...link } };
    const content = { kind: 'push', fallbackLanguage: 'fr', languages };
    return idSchema.parse(await api().post('/api/v1/templates', { name, channel: 'webpush', content })).id;
  };
  linked = await template('Linked', { url: 'https://shop.example/orders/1' });
  plain = await template('Plain', {});
});
afterAll(() => service?.close());

beforeEach(async () => {
  subscriptions = [service.subscribe(), service.subscribe(), service.subscribe()];
  await shop.context.grantPermissions(['notifications'], { origin: url() });
  await shop.context.addInitScript(standIn(subscriptions));
});

/** A page that offers notifications, to somebody who allowed to be known. */
async function arrive(consent = `vitrail.consent({ analytics: true });`): Promise<void> {
  const host = url('/lumiere');
  const script = `<script src="${host}/sdk/v1/push.js" data-key="${writeKey}" data-host="${host}"></script>`;
  shop.front.show('/', shop.head({ host, options: "consent: 'required'" }) + script);
  await shop.page.goto(url('/'));
  await shop.run(consent);
}
const ask = (what: 'state' | 'subscribe' | 'unsubscribe') => shop.run<string>(`return vitrail.notifications.${what}()`);
const anonymousId = () => shop.run<string>('return vitrail.user().anonymousId()');
const endpoint = (which: number) => subscriptions[which]?.endpoint ?? '';

/** The customer with this browser, once the subscription is known. */
async function profileOf(which: number): Promise<string> {
  const { endpoint: address, keys } = subscriptions[which] ?? {};
  const value = JSON.stringify({ endpoint: address, keys });
  return poll('the address of the browser', () => api().findProfile('webpush', value));
}
const send = async (profile: string, template: string, more: object = {}) => {
  const message = { profile, template, channel: 'webpush', idempotencyKey: `push-${++key}`, ...more };
  return idSchema.parse(await api().post('/api/v1/messages', message)).id;
};
const messageOf = async (id: string) =>
  (await api().get('/api/v1/messages', messagePageSchema)).items.find((message) => message.id === id);
const pushed = (which: number, count: number) =>
  poll('the push', () =>
    service.pushed(endpoint(which)).length >= count ? service.pushed(endpoint(which)).at(-1) : null,
  );
const standing = async (profile: string) =>
  (await api().get(`/api/v1/profiles/${profile}/consents`, profileConsentsSchema)).standing.find(
    ({ purpose, channel }) => purpose === 'marketing' && channel === 'webpush',
  )?.state;
const worker = (): Promise<Worker> => poll('the worker', () => shop.context.serviceWorkers()[0]);

/** The maker's service hands a message, opened, to the worker. */
async function deliver(payload: object): Promise<void> {
  const session = await shop.context.newCDPSession(shop.page);
  const registration = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ isDeleted }) => !isDeleted);
      if (own !== undefined) resolve(own.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  const data = JSON.stringify(payload);
  await session.send('ServiceWorker.deliverPushMessage', { origin: url(), registrationId: await registration, data });
  await session.detach();
}
const shown = () =>
  shop.run<{ title: string; body: string; data: unknown }[]>(`
    const registration = await navigator.serviceWorker.getRegistration('${scriptPath}');
    return (await registration.getNotifications()).map(({ title, body, data }) => ({ title, body, data }));`);

describe('notifications of the browser', () => {
  it('reach who asked for them: agreed to, encrypted, shown, and told when seen and clicked', async () => {
    await arrive();
    expect(await ask('state')).toBe('off');
    expect([await ask('subscribe'), await ask('subscribe'), await ask('state')]).toEqual(['on', 'on', 'on']);
    expect(names(await shop.arrived(2))).toEqual(['Segment Consent Preference Updated', 'Push Subscribed']);
    const profile = await profileOf(0);
    expect(await api().findProfile('anonymous_id', await anonymousId())).toBe(profile);
    await poll('the consent', async () => (await standing(profile)) === 'granted');

    await send(profile, linked);
    const { payload, headers } = await pushed(0, 1);
    expect(payload).toMatchObject({ title: 'Votre commande est prête', body: 'Venez la chercher' });
    const { key: signer, claims } = readVapid(String(headers.authorization)) ?? {};
    expect(claims).toMatchObject({ aud: new URL(endpoint(0)).origin, sub: 'mailto:it@shop.example' });
    const served: unknown = await (await fetch(`${shop.server.url}/v1/push?writeKey=${writeKey}`)).json();
    expect(served).toEqual({ publicKey: signer });

    const second = await send(profile, plain);
    const { payload: bare } = await pushed(0, 2);
    await deliver(bare);
    expect(await poll('the notification', async () => (await shown())[0])).toMatchObject({
      title: 'Votre commande est prête',
      body: 'Venez la chercher',
    });
    await (await worker()).evaluate(`(async () => {
      const [notification] = await registration.getNotifications();
      dispatchEvent(new NotificationEvent('notificationclick', { notification }));
    })()`);
    const told = await poll('what became of it', async () => {
      const kinds = (await messageOf(second))?.feedback.map(({ kind }) => kind) ?? [];
      return kinds.length >= 2 ? kinds : null;
    });
    expect(told.sort()).toEqual(['clicked', 'delivered']);
    expect(await shown()).toEqual([]);
    expect(shop.troubles).toEqual([]);
  });

  it('end with a no, which the gate knows', async () => {
    await arrive();
    expect(await ask('subscribe')).toBe('on');
    const profile = await profileOf(0);
    expect(await ask('unsubscribe')).toBe('off');
    await poll('the refusal', async () => (await standing(profile)) === 'denied');
    const id = await send(profile, plain, { kind: 'marketing' });
    const skipped = await poll('the decision', async () => {
      const message = await messageOf(id);
      return message?.state === 'skipped' ? message : null;
    });
    expect(skipped.reason).toBe('no_consent');
    expect(service.pushed(endpoint(0))).toEqual([]);
    // A yes again is a new address, and a new consent.
    expect(await ask('subscribe')).toBe('on');
    expect(await profileOf(1)).toBe(profile);
    await poll('the new consent', async () => (await standing(profile)) === 'granted');
  });

  it('are not offered before consent, and end on the device with it, also for what is under way', async () => {
    await arrive('');
    expect(await ask('subscribe')).toBe('no_consent');
    await shop.run(`vitrail.consent({ analytics: true });`);
    expect(await ask('subscribe')).toBe('on');
    await shop.run(`vitrail.consent({ analytics: false });`);
    expect(await ask('state')).toBe('off');
    expect(await shop.run(`return JSON.parse(localStorage.getItem('maker')).key ?? null`)).toBeNull();
    await deliver({ title: 'Late', messageId: 'm' });
    await deliver({ title: 'Of somebody else' });
    expect(await ask('subscribe')).toBe('no_consent');
    // What comes after a new yes is shown, and nothing of before.
    await shop.run(`vitrail.consent({ analytics: true });`);
    expect(await ask('subscribe')).toBe('on');
    await deliver({ title: 'In time', messageId: 'n' });
    await poll('the notification', async () => (await shown()).some(({ title }) => title === 'In time'));
    expect((await shown()).map(({ title }) => title)).toEqual(['In time']);
  });

  it('end when somebody else signs in on a shared device, and when the shop’s dialogue says no', async () => {
    await arrive();
    await shop.run(`vitrail.identify('ada-${key}');`);
    expect(await ask('subscribe')).toBe('on');
    await shop.run(`vitrail.identify('bea-${key}');`);
    expect(await ask('state')).toBe('off');
    expect(await ask('subscribe')).toBe('on');
    await shop.run(`vitrail.reset(); vitrail.track('After');`);
    expect(await ask('state')).toBe('off');
    expect(await ask('subscribe')).toBe('on');
    await shop.run(`vitrail.consent({ analytics: true, webpush: false });`);
    expect(await ask('state')).toBe('off');
    const told = (await shop.arrived(1)).filter(({ event }) => event === 'Push Subscribed');
    expect(new Set(told.map((event) => event.anonymousId)).size).toBe(told.length);
  });

  it('go on at the new address when the browser renews its subscription without a page', async () => {
    await arrive();
    expect(await ask('subscribe')).toBe('on');
    const profile = await profileOf(0);
    await (await worker()).evaluate(`dispatchEvent(Object.assign(new ExtendableEvent('pushsubscriptionchange'), {
      newSubscription: { toJSON: () => (${JSON.stringify(subscriptions[1])}) },
    }))`);
    expect(await profileOf(1)).toBe(profile);
    await send(profile, plain);
    expect((await pushed(1, 1)).payload).toMatchObject({ title: 'Votre commande est prête' });
    expect(service.pushed(endpoint(0))).toEqual([]);
  });
});
