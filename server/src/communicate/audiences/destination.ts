import type { AdError } from '@vitrail/contracts';
import { safeDetail } from '../channels/detail.ts';
import type { HttpEnd } from '../channels/http/callHttp.ts';
import { readRetryAfter } from '../channels/http/httpProvider.ts';

/** What is asked of a company: these addresses into the audience, or out of it. All of one kind, hashed. */
export interface AdChange {
  readonly change: 'add' | 'remove';
  readonly kind: 'email' | 'phone';
  /** SHA-256, as the company wants addresses written; hexadecimal. */
  readonly hashes: readonly string[];
}

/**
 * `done`: the company took all of it. Anything else may be asked again, and must be: to put somebody in who is in, or out who
 * is out, changes nothing, so that a lost answer costs a repeat and never a wrong audience.
 */
export type AdEnd =
  | { readonly kind: 'done' }
  | {
      readonly kind: 'failed';
      readonly error: Extract<AdError, 'rate_limited' | 'unavailable' | 'credentials' | 'refused'>;
      /** Without personal data. */
      readonly detail: string;
      /** The company's own word on when to come back. */
      readonly afterMs?: number;
    };

/** An audience at an advertising company. */
export interface AdDestination {
  /** Never throws for what a company or a network can do. */
  hand(change: AdChange): Promise<AdEnd>;
  close(): void;
}

/** Addresses in one request: both companies take 10,000. */
export const addressesAtOnce = 5_000;

/** The rules of HTTP, where a company states no others. */
export function readEnd(end: HttpEnd): AdEnd {
  if (end.kind !== 'answer') return { kind: 'failed', error: 'unavailable', detail: safeDetail(end.detail) };
  const { status, headers, body } = end;
  if (status >= 200 && status < 300) return { kind: 'done' };
  const afterMs = readRetryAfter(headers['retry-after']);
  const failed = {
    kind: 'failed',
    detail: safeDetail(`${status} ${body}`),
    ...(afterMs === null ? {} : { afterMs }),
  } as const;
  if (status === 429) return { ...failed, error: 'rate_limited' };
  if (status === 401 || status === 403) return { ...failed, error: 'credentials' };
  if (status === 408 || status === 425 || status >= 500) return { ...failed, error: 'unavailable' };
  return { ...failed, error: 'refused' };
}
