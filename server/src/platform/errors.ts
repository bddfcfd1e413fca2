/** What kind of failure a caller met. The HTTP status, the exit code and the retry advice are chosen from it at the edge. */
export type FaultKind =
  | 'invalid' // the request is wrong and will stay wrong
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'too_many' // the caller is over a limit; later it will pass
  | 'unavailable'; // we cannot now; nothing was kept; later it will pass

/**
 * The one error type that is thrown on purpose. `code` is stable, dotted, `room.reason`; `message` tells the reader what
 * happened and what to do; `details` may be shown and logged, so it never holds personal data or secrets.
 */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly kind: FaultKind;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    kind: FaultKind,
    code: string,
    message: string,
    options: { details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.code = code;
    this.details = options.details ?? {};
  }
}
