import { z } from 'zod';

/** RFC 9457 as this server writes it; better-auth answers with `code` and `message` only. */
const problemSchema = z.looseObject({
  code: z.string().optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
  message: z.string().optional(),
});

/** What a failed call tells the reader: what happened, what to do, a code to quote. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Stable dotted code of the server, or one of ours: `console.offline`, `console.unreadable`. */
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** Seconds to wait, when the server said so. */
  readonly retryAfter: number | null;

  constructor(
    status: number,
    code: string,
    message: string,
    options: { details?: Record<string, unknown>; retryAfter?: number | null; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = status;
    this.code = code;
    this.details = options.details ?? {};
    this.retryAfter = options.retryAfter ?? null;
  }
}

/** Seconds from a `Retry-After` header, which is a number of seconds or a date. */
export function retryAfterOf(header: string | null, now: Date): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.round((at - now.getTime()) / 1000));
}

/** Turns any failed answer into an `ApiError`, whatever stands in its body. */
export function problemOf(status: number, body: unknown, retryAfter: number | null): ApiError {
  const parsed = problemSchema.safeParse(body);
  if (!parsed.success) return new ApiError(status, `http.${status}`, '', { retryAfter });
  const { code, title, detail, message, type: _type, status: _status, ...details } = parsed.data;
  return new ApiError(status, code ?? `http.${status}`, detail ?? message ?? title ?? '', { details, retryAfter });
}

/** A request that will fail again in the same way is not repeated. */
export const isLasting = (error: unknown): boolean =>
  error instanceof ApiError &&
  (error.code === 'console.unreadable' ||
    (error.status >= 400 && error.status < 500 && error.status !== 408 && error.status !== 429));
