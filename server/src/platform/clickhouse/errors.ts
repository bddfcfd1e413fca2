import { Fault } from '../errors.ts';

/** Codes of ClickHouse that say "not now": the caller may repeat the call. */
const unavailable: Readonly<Record<number, string>> = {
  74: 'its disk cannot be read',
  75: 'its disk cannot be written',
  76: 'its files cannot be opened',
  202: 'it runs too many queries at once',
  209: 'the network is too slow',
  210: 'the network failed',
  236: 'it is shutting down',
  242: 'a table is read-only (its keeper is unreachable)',
  243: 'its disk is full',
  252: 'it has too many parts to merge',
  279: 'no replica could be reached',
  319: 'the insert was not confirmed by the replicas',
  999: 'its keeper is unreachable',
};
const tooHeavy: Readonly<Record<number, string>> = { 159: 'time', 160: 'time', 241: 'memory', 396: 'rows' };

export const analyticsUnavailable = (reason: string, cause?: unknown): Fault =>
  new Fault('unavailable', 'platform.analytics_unavailable', `The analytics store cannot answer now: ${reason}.`, {
    cause,
  });

/**
 * What the engine's own error means to a caller. ClickHouse quotes rows and parameters in its messages, which may be
 * personal: only the code, its symbol and, where the text can only speak of SQL and schema, the message are kept.
 */
export function chFault(name: string, code: number, message: string): Error {
  const symbol = /\(([A-Z][A-Z_0-9]+)\)\s*$/.exec(message.trim())?.[1] ?? 'UNKNOWN';
  const reason = unavailable[code] ?? (/No space left on device/.test(message) ? unavailable[243] : undefined);
  const cause = new ChError(name, code, symbol, message);
  if (reason !== undefined) return analyticsUnavailable(reason, cause);
  const limit = tooHeavy[code];
  if (limit === undefined) return cause;
  return new Fault(
    'unavailable',
    'platform.analytics_too_heavy',
    `The query ${name} needed more ${limit} than it is allowed. Narrow it, or repeat it when the store is less busy.`,
    { cause },
  );
}

/** Messages of these codes speak of SQL and schema; the query they quote has our parameters in it, as quoted texts. */
const schemaCodes = new Set([8, 10, 16, 20, 42, 43, 44, 46, 47, 48, 57, 60, 80, 81, 115, 179, 215, 344]);

function describable(code: number, message: string): string {
  // A syntax error quotes the text around it, which may start inside a parameter.
  if (code === 62) return /failed at position \d+/.exec(message)?.[0] ?? '';
  return schemaCodes.has(code) ? message.replace(/'(?:\\.|[^'\\])*'/g, "'…'").slice(0, 500) : '';
}

/** The engine refused a statement: a mistake in our SQL or in the rows given to it. */
export class ChError extends Error {
  override readonly name = 'ChError';
  readonly code: number;
  constructor(query: string, code: number, symbol: string, message: string) {
    const detail = describable(code, message);
    super(`ClickHouse refused ${query} with code ${code} (${symbol})${detail === '' ? '' : `: ${detail}`}`);
    this.code = code;
  }
}
