import { Fault } from '../errors.ts';

/** Socket errors: nobody listens, or the connection broke. */
const brokenConnection = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** What `pg` says without a code when a connection ends under a query, or cannot be had in time. */
const brokenMessage =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end|Client was closed|timeout expired)/;

const isUnavailableState = (code: string): boolean =>
  code.startsWith('08') || // connection exceptions
  code.startsWith('57P') || // shutdown, crash, starting up
  code === '53300' || // too many connections
  code === '53200' || // out of memory
  code === '25006'; // read-only: a standby during a switch-over

/** A code of PostgreSQL (SQLSTATE) or of the operating system, when the error carries one. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Turns what means "PostgreSQL cannot now" into a `Fault`; every other error comes back as it was. */
export function toPgFault(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Fault) return error;
  const code = errorCode(error);
  if (code === '53100') {
    return new Fault(
      'unavailable',
      'platform.disk_full',
      'The disk that holds the database is full. Free some space; nothing was written.',
      { cause: error },
    );
  }
  const gone =
    code === undefined ? brokenMessage.test(error.message) : brokenConnection.has(code) || isUnavailableState(code);
  if (!gone) return error;
  return new Fault(
    'unavailable',
    'platform.database_unavailable',
    'PostgreSQL does not answer at the moment. Try again shortly.',
    { cause: error },
  );
}
