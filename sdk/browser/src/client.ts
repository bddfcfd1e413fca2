import { watchAddress } from './addresses.ts';
import { type CallKind, readCall } from './calls.ts';
import { consentKey, recallChoice } from './consentGate.ts';
import { listenToGoogle, listenToTcf } from './consentSignals.ts';
import { createCookies } from './cookies.ts';
import { createDomainLinks, takeToken } from './domainLinks.ts';
import { createEngine, type Engine } from './engine.ts';
import type { createListeners } from './listeners.ts';
import { readDevice, readPage } from './pageContext.ts';
import { postWithin } from './postEvents.ts';
import { createSender } from './sender.ts';
import { createStorage } from './storage.ts';
import type { LoadOptions } from './types.ts';
import { version } from './version.ts';
import { createVisitor } from './visitor.ts';

export interface ClientParts {
  readonly writeKey: string;
  readonly options: LoadOptions;
  readonly tell: ReturnType<typeof createListeners>['tell'];
  /** Errors of this client so far. */
  readonly errors: () => number;
  /** Runs what the browser calls: a mistake in it is counted and stops nothing. */
  readonly safely: (work: () => void) => void;
}

export interface Client {
  readonly engine: Engine;
  call(kind: CallKind, given: readonly unknown[]): void;
  flush(): Promise<void>;
  link(url: string): Promise<string>;
}

const askMs = 1_500;

/** Builds the loaded client and connects it to the page it lives in. */
export function startClient({ writeKey, options, tell, errors, safely }: ClientParts): Client {
  const storage = createStorage();
  const visitor = createVisitor(storage, createCookies(options.cookieDomain));
  const url = options.host.replace(/\/+$/, '') + (options.path ?? '/v1/e');
  let keepDue = true;
  /** Asks who comes by a link, once the visitor agrees; null when nobody does, or it is asked. */
  let arrive: (() => void) | null = null;
  let previousPage: string | null = null;

  const sender = createSender({
    storage,
    writeKey,
    url,
    envelope: () => {
      const device = readDevice(version, errors());
      return { context: device, ...(keepDue && engine.isOpen() ? { keep: visitor.keep() } : {}) };
    },
    onDone: () => {
      if (engine.isOpen()) keepDue = false;
    },
    onDrop: (count, reason) => tell('dropped', count, reason),
  });
  const onChoice = (): void => arrive?.();
  const engine: Engine = createEngine({ options, storage, visitor, sender, tell, onChoice });
  const links = createDomainLinks(ask, engine.user.anonymousId);

  async function ask(what: 'link' | 'arrive', body: object): Promise<Record<string, unknown> | null> {
    try {
      const answer = await postWithin(askMs, `${url}/${what}`, { body: JSON.stringify({ writeKey, ...body }) });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  const call = (kind: CallKind, given: readonly unknown[]): void => {
    const made = readCall(kind, given, previousPage);
    if (made === null) throw new TypeError(`${kind} needs a name or id`);
    engine.take(made);
  };

  /** The page was reached by a link of another domain: the server says who that was, once the visitor agrees. */
  function receiveVisitor(): void {
    const { href, token } = takeToken(location.href);
    if (token === null) return;
    history.replaceState(history.state, '', href);
    arrive = () => {
      if (!engine.isOpen()) return;
      arrive = null;
      const answer = ask('arrive', { token }).then((said) =>
        typeof said?.anonymousId === 'string' ? said.anonymousId : null,
      );
      void engine.arrive(answer, readPage(null));
    };
    arrive();
  }

  function connect(): void {
    const on = (target: EventTarget, type: string, work: (event: Event) => void): void =>
      target.addEventListener(type, (event) => safely(() => work(event)));
    const leave = (): void => {
      engine.stopWaiting();
      sender.leave();
    };
    on(document, 'visibilitychange', () => document.visibilityState === 'hidden' && leave());
    on(window, 'pagehide', leave);
    on(window, 'online', () => void sender.flush());
    on(window, 'pageshow', (event) => {
      if (!Object(event).persisted) return;
      if (options.pages) call('page', []);
      void sender.flush();
    });
    on(window, 'storage', (event) => {
      const said = Object(event).key === consentKey ? recallChoice(storage, Date.now()) : null;
      if (said !== null && options.consentFrom === undefined) engine.decide({ from: 'tab', said }, readPage(null));
    });
    const hear = (said: Readonly<Record<string, boolean>>, proof: object): void =>
      safely(() => engine.decide({ from: 'dialogue', said, proof }, readPage(null)));
    if (options.consentFrom === 'tcf') listenToTcf(hear);
    if (options.consentFrom === 'google') listenToGoogle(hear);
    if (options.linkTo !== undefined) links.watch(options.linkTo);
    watchAddress((from) =>
      safely(() => {
        previousPage = from;
        if (options.pages) call('page', []);
      }),
    );
  }

  receiveVisitor();
  connect();
  if (options.pages) call('page', []);
  // What other pages left goes without waiting for a new event, but not before the page is there.
  setTimeout(() => safely(() => engine.maySend() && void sender.flush()));
  return { engine, call, flush: sender.flush, link: links.decorate };
}
