import { randomId } from '../randomId.ts';
import { addressContext, addressOf, type PushRecord, readRecord, subscribeWith, writeRecord } from './pushRecord.ts';

/**
 * The part of web push that lives without a page: shows what comes, opens what is clicked, tells of a subscription that
 * the browser renewed. A worker of the shop's own may import it beside its own code: what is not ours is left alone.
 */

/** What the libraries for pages do not describe. */
interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface PushNews extends Lasting {
  readonly data: { json(): unknown } | null;
}
interface ClickNews extends Lasting {
  readonly notification: Notification;
}
interface ChangeNews extends Lasting {
  readonly newSubscription?: PushSubscription | null;
}
interface WorkerScope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { openWindow(url: string): Promise<unknown> };
  addEventListener(type: 'push', hear: (event: PushNews) => void): void;
  addEventListener(type: 'notificationclick', hear: (event: ClickNews) => void): void;
  addEventListener(type: 'pushsubscriptionchange', hear: (event: ChangeNews) => void): void;
}

interface Shown {
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly imageUrl: string;
  readonly messageId: string;
}

const worker: WorkerScope = Object(globalThis);
const { registration } = worker;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A message of ours; null for anybody else's. */
function readMessage(data: PushNews['data']): Shown | null {
  try {
    const { title, body, url, imageUrl, messageId } = Object(data?.json());
    if (typeof title !== 'string' || typeof messageId !== 'string') return null;
    return { title, body: textOf(body), url: textOf(url), imageUrl: textOf(imageUrl), messageId };
  } catch {
    return null;
  }
}

const post = (url: string, body: object): Promise<unknown> =>
  // Nobody waits for it: what does not get through is not told.
  fetch(url, { method: 'POST', body: JSON.stringify(body), keepalive: true }).catch(() => undefined);

const tell = ({ tellUrl, writeKey }: PushRecord, messageId: string, what: 'shown' | 'clicked'): Promise<unknown> =>
  post(tellUrl, { writeKey, messageId, what });

/** Whoever agreed no longer, and could not be unsubscribed then, is now. */
const leave = async (): Promise<unknown> => (await registration.pushManager.getSubscription())?.unsubscribe();

async function show(message: Shown): Promise<void> {
  const record = await readRecord();
  if (record === null) return void (await leave());
  const { title, body, url, imageUrl, messageId } = message;
  // `image` is not in every library yet.
  const options = { body, tag: messageId, data: { url, messageId }, ...(imageUrl !== '' && { image: imageUrl }) };
  await registration.showNotification(title, options);
  await tell(record, messageId, 'shown');
}

async function open(url: string, messageId: string): Promise<void> {
  const isLink = /^https?:/i.test(url);
  const opened = worker.clients.openWindow(isLink ? url : '/').catch(() => undefined);
  const record = isLink ? null : await readRecord();
  // A link tells by itself that it was followed.
  if (record !== null) await tell(record, messageId, 'clicked');
  await opened;
}

async function renew(given: PushSubscription | null | undefined): Promise<void> {
  const record = await readRecord();
  if (record === null) return void (await leave());
  const address = addressOf(given ?? (await subscribeWith(registration.pushManager, record.key)));
  await writeRecord({ ...record, address, at: Date.now() });
  const { anonymousId, writeKey, url } = record;
  const timestamp = new Date().toISOString();
  const messageId = `vt-${randomId()}`;
  const event = { type: 'identify', messageId, timestamp, anonymousId, traits: {}, context: addressContext(address) };
  await post(url, { writeKey, sentAt: timestamp, batch: [event] });
}

worker.addEventListener('push', (event) => {
  const message = readMessage(event.data);
  if (message !== null) event.waitUntil(show(message));
});
worker.addEventListener('notificationclick', (event) => {
  const { notification } = event;
  const { url, messageId } = Object(notification.data);
  if (typeof messageId !== 'string') return;
  notification.close();
  event.waitUntil(open(textOf(url), messageId));
});
worker.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event.newSubscription)));
