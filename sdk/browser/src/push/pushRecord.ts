/** What the worker needs when no page is open. Kept while the visitor is subscribed, and only then. */
export interface PushRecord {
  /** Where events go, as a whole address. */
  readonly url: string;
  /** Where what became of a notification is told. */
  readonly tellUrl: string;
  readonly writeKey: string;
  readonly anonymousId: string;
  /** The shop's public key (VAPID), base64url. */
  readonly key: string;
  /** The subscription as it was told last. */
  readonly address: string;
  /** When, in milliseconds. */
  readonly at: number;
}

/** A cache holds it: pages and workers share caches, and nothing else takes so little to read. */
const place = 'vt_push';
const request = '/vt_push';

const isRecord = (value: unknown): value is PushRecord =>
  ['url', 'tellUrl', 'writeKey', 'anonymousId', 'key', 'address'].every(
    (name) => typeof Object(value)[name] === 'string',
  ) && typeof Object(value).at === 'number';

export async function readRecord(): Promise<PushRecord | null> {
  const kept: unknown = await (await caches.match(request, { cacheName: place }))?.json();
  return isRecord(kept) ? kept : null;
}

export const writeRecord = async (record: PushRecord): Promise<void> =>
  (await caches.open(place)).put(request, new Response(JSON.stringify(record)));

export const deleteRecord = (): Promise<boolean> => caches.delete(place);

/** A subscription as the address of a person: what a sender needs, and nothing beside it. */
export function addressOf(subscription: PushSubscription): string {
  const { endpoint, keys } = subscription.toJSON();
  return JSON.stringify({ endpoint, keys: { p256dh: keys?.p256dh, auth: keys?.auth } });
}

/** The same as context of an event. */
export const addressContext = (address: string): object => ({
  externalIds: [{ type: 'webpush', id: address, collection: 'users', encoding: 'none' }],
});

export const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));

/** With the shop's key; browsers allow no push that shows nothing. */
export const subscribeWith = (manager: PushManager, key: string): Promise<PushSubscription> =>
  manager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) });
