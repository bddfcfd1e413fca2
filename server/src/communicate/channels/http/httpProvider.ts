import type { Channel } from '@vitrail/contracts';
import { safeDetail } from '../detail.ts';
import type { OutgoingMessage, Provider, SendOutcome } from '../provider.ts';
import type { HttpAnswer, HttpCall, HttpClient, HttpEnd } from './callHttp.ts';

/** What differs from company to company: how a message is written, and how the answer is to be read. */
export interface HttpAdapter {
  readonly name: string;
  readonly channel: Channel;
  /** An outcome in place of a request: the message does not fit this provider. */
  write(message: OutgoingMessage): HttpCall | SendOutcome | Promise<HttpCall | SendOutcome>;
  /** Reads what the general rules (`readAnswer`) would read wrongly or cannot know. */
  read(answer: HttpAnswer, message: OutgoingMessage): Reading;
}

export interface Reading {
  /** The provider's name of the message, after success. */
  readonly id?: string;
  /** Overrides the general rules. */
  readonly outcome?: SendOutcome;
  /** A refusal (4xx) means that the address does not exist. */
  readonly invalidAddress?: boolean;
}

export const createHttpProvider = (adapter: HttpAdapter, http: HttpClient, limits: Provider['limits']): Provider => ({
  name: adapter.name,
  channel: adapter.channel,
  limits,
  async send(message) {
    const request = await adapter.write(message);
    if ('kind' in request) return request;
    return readEnd(await http.call(request), (answer) => adapter.read(answer, message));
  },
  close: async () => http.close(),
});

export function readEnd(end: HttpEnd, read: (answer: HttpAnswer) => Reading): SendOutcome {
  if (end.kind === 'answer') return readAnswer(end, read(end));
  const detail = safeDetail(end.detail);
  // Not the person's doing: a setting allows it, or the template is wrong.
  if (end.kind === 'bad_address') return { kind: 'rejected', reason: 'refused', detail };
  return end.kind === 'lost' ? { kind: 'uncertain', detail } : { kind: 'retry', reason: 'unavailable', detail };
}

/**
 * The rules of HTTP, where a company states no others. 500 and 503 are answers of the service itself: it did not take
 * the message. 502 and 504 are answers of something before it that lost sight of the service: the message may be there.
 */
function readAnswer({ status, headers, body }: HttpAnswer, reading: Reading): SendOutcome {
  if (reading.outcome !== undefined) return reading.outcome;
  if (status >= 200 && status < 300) return { kind: 'accepted', providerMessageId: reading.id ?? '' };
  const detail = safeDetail(`${status} ${body}`);
  const afterMs = readRetryAfter(headers['retry-after']);
  const later = afterMs === null ? {} : { afterMs };
  if (status === 429) return { kind: 'retry', reason: 'rate_limited', detail, afterMs: afterMs ?? 5_000 };
  if (status === 401 || status === 402 || status === 403) return { kind: 'retry', reason: 'credentials', detail };
  if (status === 408 || status === 425) return { kind: 'retry', reason: 'unavailable', detail, ...later };
  if (status === 502 || status === 504) return { kind: 'uncertain', detail };
  if (status >= 500) return { kind: 'retry', reason: 'unavailable', detail, ...later };
  return { kind: 'rejected', reason: reading.invalidAddress ? 'invalid_address' : 'refused', detail };
}

/** RFC 9110 §10.2.3: seconds or a date. */
export function readRetryAfter(value: string | readonly string[] | undefined): number | null {
  if (typeof value !== 'string') return null;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 3_600_000) : null;
}

/** JSON of an answer, as far as it can be read; never throws. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A field of nested JSON as text: `pick(json, 'error', 'code')`; '' when it is not there. */
export function pick(json: unknown, ...path: readonly (string | number)[]): string {
  let value = json;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return '';
    value = Reflect.get(value, step);
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The refusal of a content that the channel cannot carry: a mistake of whoever made the template. */
export const wrongContent = (wanted: string): SendOutcome => ({
  kind: 'rejected',
  reason: 'refused',
  detail: `This channel sends ${wanted}; the template is something else.`,
});
