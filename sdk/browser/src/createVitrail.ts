import type { CallKind } from './calls.ts';
import { type Client, startClient } from './client.ts';
import { unlessEdited } from './editing.ts';
import { createListeners } from './listeners.ts';
import { readPage } from './pageContext.ts';
import type { ConsentPreferences, LoadOptions, User, Vitrail } from './types.ts';

/** What is called before the client is loaded, at most. */
const mostEarly = 200;
const nothing = (): null => null;
const stranger: User = { id: nothing, anonymousId: nothing, sessionId: nothing, traits: () => ({}) };

/**
 * A client that is not loaded yet; calls may be made at once. Nothing it does can throw into the shop's own code: errors
 * are counted, sent along as a number, and told to those who listen to `error`.
 */
export function createVitrail<Events extends object = Record<never, never>>(): Vitrail<Events> {
  let client: Client | null = null;
  let loading = false;
  let errors = 0;
  let early: (() => void)[] = [];
  const listeners = createListeners(report);
  let started = (): void => undefined;
  const start = new Promise<void>((resolve) => {
    started = resolve;
  });

  function report(error: unknown): void {
    errors++;
    listeners.tell('error', error);
  }
  function safely(work: () => void): void {
    try {
      work();
    } catch (error) {
      report(error);
    }
  }
  /** Now, or in its order as soon as there is a client. */
  function soon(work: (client: Client) => void): void {
    const run = (): void => {
      if (client !== null) work(client);
    };
    if (client !== null) safely(run);
    else if (early.length < mostEarly) early.push(run);
  }
  const caller =
    (kind: CallKind) =>
    (...given: readonly unknown[]): Vitrail<Events> => {
      soon((loaded) => loaded.call(kind, given));
      return api;
    };

  function begin(writeKey: string, options: LoadOptions): void {
    client = startClient({ writeKey, options, tell: listeners.tell, errors: () => errors, safely });
    const calls = early;
    early = [];
    calls.forEach(safely);
    started();
  }

  const api: Vitrail<Events> = {
    load(writeKey, options) {
      safely(() => {
        if (loading) return;
        loading = true;
        const go = (): void => safely(() => begin(writeKey, options));
        // A page that is drawn ahead of time has no visitor yet.
        if (Object(document).prerendering === true) document.addEventListener('prerenderingchange', go, { once: true });
        else unlessEdited(go);
      });
      return api;
    },
    identify: caller('identify'),
    track: caller('track'),
    page: caller('page'),
    screen: caller('screen'),
    group: caller('group'),
    alias: caller('alias'),
    reset: caller('reset'),
    setAnonymousId: caller('id'),
    ready(callback) {
      return callback === undefined ? start : start.then(() => safely(callback));
    },
    on(event, listener) {
      listeners.add(event, listener);
      return api;
    },
    once(event, listener) {
      const once = (...details: readonly unknown[]): void => {
        listeners.remove(event, once);
        listener(...details);
      };
      listeners.add(event, once);
      return api;
    },
    off(event, listener) {
      listeners.remove(event, listener);
      return api;
    },
    tracked: listeners.tracked,
    user: () => client?.engine.user ?? stranger,
    consent(preferences?: ConsentPreferences) {
      // Whatever a page hands over: only a plain yes or no is an answer.
      const said = Object.fromEntries(Object.entries(preferences ?? {}).filter(([, yes]) => typeof yes === 'boolean'));
      if (Object.keys(said).length > 0) soon(({ engine }) => engine.decide({ from: 'here', said }, readPage(null)));
      return client?.engine.preferences() ?? preferences ?? null;
    },
    async link(url) {
      await start;
      return (await client?.link(url)) ?? url;
    },
    async flush() {
      await start;
      await client?.flush();
    },
  };
  return api;
}
