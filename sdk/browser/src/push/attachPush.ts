import type { Vitrail } from '../types.ts';
import {
  addressContext,
  addressOf,
  bytesOf,
  deleteRecord,
  type PushRecord,
  readRecord,
  subscribeWith,
  writeRecord,
} from './pushRecord.ts';

export interface PushOptions {
  /** Where Vitrail answers, as given to `load`. */
  readonly host: string;
  readonly writeKey: string;
  /** Under `host`: where events go, as given to `load`. Default `/v1/e`. */
  readonly path?: string | undefined;
  /**
   * The worker's script, on the shop's own origin. Default: ours behind the shop's proxy when `host` is of this origin, else
   * `/vitrail-push.js`.
   */
  readonly worker?: string | undefined;
  /** Where a consent to notifications is kept. Default `webpush`. */
  readonly category?: string | undefined;
}

/**
 * `unsupported`: not in this browser, or not without HTTPS. `blocked`: the visitor forbade it in the browser. `no_consent`: we
 * may not know this visitor. `failed`: something did not answer, another try may help.
 */
export type PushState = 'unsupported' | 'blocked' | 'no_consent' | 'off' | 'on' | 'failed';

/** Notifications of this browser. None of these throws. */
export interface Push {
  state(): Promise<PushState>;
  /** Asks for permission, so call it upon a click; subscribing twice changes nothing. */
  subscribe(): Promise<PushState>;
  unsubscribe(): Promise<PushState>;
}

/** So often a subscription is said again, so that the newest browser of a person is known. */
const freshMs = 7 * 86_400_000;

const isSupported = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window && 'caches' in window;

const sameKey = ({ options }: PushSubscription, key: string): boolean => {
  const held = options.applicationServerKey;
  return held === null || String(new Uint8Array(held)) === String(bytesOf(key));
};

/** Lets a visitor have notifications, for as long as they agree. Nothing in here throws into the shop's own code. */
export function attachPush(vitrail: Vitrail, options: PushOptions): Push {
  const { writeKey, category = 'webpush' } = options;
  const host = new URL(options.host.replace(/\/+$/, ''), location.href);
  const base = host.href.replace(/\/+$/, '');
  const isOwn = host.origin === location.origin;
  const script = options.worker ?? (isOwn ? `${base}/sdk/v1/pushworker.js` : '/vitrail-push.js');
  // Of a path without pages: it stands in no page's way, and not in that of a worker the shop has already.
  const scope = options.worker !== undefined || isOwn ? undefined : '/vitrail-push/';
  const tellUrl = `${base}/v1/push`;

  const register = async (): Promise<ServiceWorkerRegistration> => {
    const registration = await navigator.serviceWorker.register(script, scope === undefined ? {} : { scope });
    const coming = registration.installing ?? registration.waiting;
    // Only an active worker can be subscribed.
    if (registration.active === null && coming !== null)
      await new Promise<void>((resolve, reject) => {
        coming.onstatechange = () => {
          if (coming.state === 'activated') resolve();
          if (coming.state === 'redundant') reject(new Error('the worker was not taken'));
        };
      });
    return registration;
  };
  const readKey = async (): Promise<string> => {
    const answer = await fetch(`${tellUrl}?writeKey=${encodeURIComponent(writeKey)}`);
    const { publicKey } = answer.ok ? Object(await answer.json()) : {};
    if (typeof publicKey !== 'string') throw new Error(`no key for notifications (${answer.status})`);
    return publicKey;
  };
  const refuses = (): boolean => {
    const said = vitrail.consent();
    return said?.analytics === false || said?.[category] === false;
  };

  /** The subscription of this browser with the shop's key of today, made anew where it has another one. */
  async function ensure(key: string): Promise<PushSubscription> {
    const { pushManager } = await register();
    const held = await pushManager.getSubscription();
    if (held !== null && sameKey(held, key)) return held;
    await held?.unsubscribe();
    return subscribeWith(pushManager, key);
  }
  async function remember(anonymousId: string, key: string, address: string): Promise<void> {
    const url = base + (options.path ?? '/v1/e');
    await writeRecord({ url, tellUrl, writeKey, anonymousId, key, address, at: Date.now() });
  }
  /** Says yes or no to notifications, with the address they go to. */
  function state(yes: boolean, context: object): void {
    const said = vitrail.consent();
    // Where the dialogue asked too, its answer travels with every event: they must not contradict each other.
    if (said !== null && category in said && said[category] !== yes) vitrail.consent({ ...said, [category]: yes });
    const consent = { categoryPreferences: { [category]: yes } };
    vitrail.track(yes ? 'Push Subscribed' : 'Push Unsubscribed', {}, { context: { ...context, consent } });
  }
  /** Ends it on this device. What was ours is gone first: the worker shows nothing without it. */
  async function stop(record: PushRecord | null): Promise<void> {
    await deleteRecord();
    const registration = await navigator.serviceWorker.getRegistration(scope ?? script);
    const held = await registration?.pushManager.getSubscription();
    if (held && (record === null || addressOf(held) === record.address)) await held.unsubscribe();
  }
  async function confirm(record: PushRecord, anonymousId: string): Promise<void> {
    if (Date.now() - record.at < freshMs) return;
    const key = await readKey();
    const address = addressOf(await ensure(key));
    await remember(anonymousId, key, address);
    vitrail.identify({}, { context: { ...addressContext(address) } });
  }

  /** Whether what was agreed to still holds: of this visitor, in this browser. */
  async function check(): Promise<void> {
    const record = await readRecord();
    if (record === null) return;
    if (refuses()) return stop(record);
    const anonymousId = vitrail.user().anonymousId();
    // Before an answer nobody is known.
    if (anonymousId === null) return;
    // Somebody else uses this device now.
    if (anonymousId !== record.anonymousId) return stop(record);
    if (Notification.permission === 'granted') return confirm(record, anonymousId);
    await stop(record);
    state(false, {});
  }

  let last: Promise<unknown> = Promise.resolve();
  /** One after the other; what fails is `failed`, and hinders nothing that comes later. */
  const inTurn = (work: () => Promise<PushState>): Promise<PushState> => {
    const turn = last.then(work).catch((): PushState => 'failed');
    last = turn;
    return turn;
  };
  const look = async (): Promise<PushState> => {
    if (Notification.permission === 'denied') return 'blocked';
    return (await readRecord()) === null ? 'off' : 'on';
  };
  const recheck = (): void => void inTurn(() => check().then(look));

  if (isSupported()) {
    vitrail.on('consent', recheck).on('reset', recheck).on('identify', recheck);
    void vitrail.ready(recheck);
  }
  return {
    state: async () => (isSupported() ? inTurn(look) : 'unsupported'),
    async subscribe() {
      if (!isSupported()) return 'unsupported';
      const anonymousId = vitrail.user().anonymousId();
      if (anonymousId === null) return 'no_consent';
      // Before anything is waited for: browsers ask only right after a click.
      const asked = Notification.requestPermission();
      return inTurn(async () => {
        if ((await asked) !== 'granted') return look();
        const key = await readKey();
        const address = addressOf(await ensure(key));
        const known = await readRecord();
        // The visitor may have withdrawn, or signed out, while the browser asked.
        if (vitrail.user().anonymousId() !== anonymousId) {
          await stop(null);
          return 'no_consent';
        }
        await remember(anonymousId, key, address);
        if (known?.address !== address) state(true, addressContext(address));
        return 'on';
      });
    },
    async unsubscribe() {
      if (!isSupported()) return 'unsupported';
      return inTurn(async () => {
        const record = await readRecord();
        await stop(record);
        if (record !== null) state(false, {});
        return look();
      });
    },
  };
}
