import type { Cookies } from './cookies.ts';
import { randomId } from './randomId.ts';
import { continueSession, readSession, type Session, sessionSeconds, writeSession } from './session.ts';
import type { Storage } from './storage.ts';
import type { Touch } from './types.ts';

/** 390 days from the first visit, never prolonged: the CNIL allows 13 months. */
const idSeconds = 390 * 86_400;
export const anonymousName = 'vt_id';
const measureName = 'vt_m';
const sessionName = 'vt_s';
const userName = 'vt_u';
const firstName = 'vt_first';
const lastName = 'vt_last';
const allNames = [anonymousName, measureName, sessionName, userName, firstName, lastName];

/** An id and since when, in base 36 seconds: `3f….s4x2k1`. */
export interface DatedId {
  readonly id: string;
  readonly since: number;
}

export function readDatedId(text: string | null, now: number): DatedId | null {
  const dot = text?.lastIndexOf('.') ?? -1;
  if (text === null || dot < 1) return null;
  const since = Number.parseInt(text.slice(dot + 1), 36);
  const age = now - since;
  // A second of a clock that was wrong must not make an id that never ends.
  if (Number.isNaN(since) || age > idSeconds || age < -86_400) return null;
  return { id: decodeURIComponent(text.slice(0, dot)), since };
}
export const writeDatedId = ({ id, since }: DatedId): string => `${encodeURIComponent(id)}.${since.toString(36)}`;
const secondsLeft = ({ since }: DatedId, now: number): number => Math.max(0, since + idSeconds - now);

/** The cookie that the server is asked to set: browsers keep those longer than what a script writes. */
export interface Keep {
  readonly value: string;
  readonly domain: string;
  readonly seconds: number;
}

/** Who this device is, while it may be known: ids, session and where the visitor came from. */
export interface Visitor {
  anonymousId(): string;
  /** True when the device had an id before this page. */
  isKnown(): boolean;
  setAnonymousId(id: string): void;
  userId(): string | null;
  setUserId(id: string | null): void;
  /** The id for audience measurement alone: another one, for this host alone, never joined with anything. */
  measureId(): string;
  session(origin: string): Session;
  /** Of the visit under way; null before its first call. */
  sessionId(): string | null;
  touches(): { readonly first: Touch | undefined; readonly last: Touch | undefined };
  addTouch(touch: Touch): void;
  keep(): Keep;
  /** Leaves nothing of the visitor on the device. */
  erase(): void;
}

const nowSeconds = (): number => Math.floor(Date.now() / 1_000);

export function createVisitor(storage: Storage, cookies: Cookies): Visitor {
  // Nothing is remembered here: another tab may have signed the visitor out.
  const find = (name: string): DatedId | null => {
    const now = nowSeconds();
    return readDatedId(cookies.get(name), now) ?? readDatedId(storage.get(name), now);
  };
  const put = (name: string, dated: DatedId): DatedId => {
    const text = writeDatedId(dated);
    storage.set(name, text);
    cookies.set(name, text, secondsLeft(dated, nowSeconds()), name === measureName);
    return dated;
  };
  const get = (name: string): DatedId => find(name) ?? put(name, { id: randomId(), since: nowSeconds() });
  const stored = () => readSession(cookies.get(sessionName) ?? storage.get(sessionName));
  const readTouch = (name: string): Touch | undefined => {
    try {
      return JSON.parse(storage.get(name) ?? 'null') ?? undefined;
    } catch {
      return undefined;
    }
  };

  return {
    anonymousId: () => get(anonymousName).id,
    isKnown: () => find(anonymousName) !== null,
    setAnonymousId(id) {
      put(anonymousName, { id, since: nowSeconds() });
    },
    userId: () => storage.get(userName),
    setUserId(id) {
      storage.set(userName, id);
    },
    measureId: () => get(measureName).id,
    sessionId: () => stored()?.id ?? null,
    session(origin) {
      const now = nowSeconds();
      const before = stored();
      const session = continueSession(before, { now, origin, newId: randomId().slice(0, 16) });
      // Once a minute is enough to know that half an hour has passed.
      if (session.fresh || before === null || now - before.last > 60) {
        const text = writeSession(session);
        cookies.set(sessionName, text, sessionSeconds);
        storage.set(sessionName, text);
      }
      return session;
    },
    touches: () => ({ first: readTouch(firstName), last: readTouch(lastName) }),
    addTouch(touch) {
      const text = JSON.stringify(touch);
      if (storage.get(firstName) === null) storage.set(firstName, text);
      storage.set(lastName, text);
    },
    keep() {
      const dated = get(anonymousName);
      return { value: writeDatedId(dated), domain: cookies.domain(), seconds: secondsLeft(dated, nowSeconds()) };
    },
    erase() {
      for (const name of allNames) {
        if (storage.get(name) !== null) storage.set(name, null);
        if (cookies.get(name) !== null) cookies.set(name, '', 0, name === measureName);
      }
    },
  };
}
