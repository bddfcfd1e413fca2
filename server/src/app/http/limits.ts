import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Fault } from '../../platform/index.ts';

/** How much one caller may ask. Generous: they stop accidents and attacks, not use. */
export interface Limits {
  /** Tries at passwords and tokens, per address and minute. */
  readonly guessesPerMinute: number;
  /** Requests to the admin API, per key or person and minute. */
  readonly apiPerMinute: number;
  /** Requests of any kind, to the collection door among others, per address in 10 seconds. */
  readonly perTenSeconds: number;
}

/** The collection door alone was measured at 8,300 single requests/s from one address; a shop's proxy may be one address. */
export const usualLimits: Limits = { guessesPerMinute: 30, apiPerMinute: 60_000, perTenSeconds: 300_000 };

/** Each counts one request and throws `too_many`, with the seconds to wait, when its caller is over the limit. */
export interface Limiters {
  guess(request: FastifyRequest): Promise<void>;
  api(request: FastifyRequest): Promise<void>;
  open(request: FastifyRequest): Promise<void>;
}

/** Needs `@fastify/rate-limit` registered. Counters are per process. */
export function createLimiters(app: FastifyInstance, limits: Limits): Limiters {
  const limiter = (max: number, timeWindow: number, key?: (request: FastifyRequest) => string) => {
    const count = app.createRateLimit({ max, timeWindow, ...(key === undefined ? {} : { keyGenerator: key }) });
    return async (request: FastifyRequest): Promise<void> => {
      const state = await count(request);
      if (state.isAllowed || !state.isExceeded) return;
      throw new Fault('too_many', 'http.too_many', 'Too many requests from here. Wait a moment and try again.', {
        details: { retryAfter: Math.max(1, state.ttlInSeconds) },
      });
    };
  };
  return {
    guess: limiter(limits.guessesPerMinute, 60_000),
    api: limiter(limits.apiPerMinute, 60_000, ({ principal, person }) =>
      principal === null ? `person ${person?.id}` : `${principal.kind} ${principal.id}`,
    ),
    // By the address as it is: folding IPv6 networks into one costs 7 µs and matters only for guessing.
    open: limiter(limits.perTenSeconds, 10_000, (request) => request.ip),
  };
}
