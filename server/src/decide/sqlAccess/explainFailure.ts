import { type SqlRefusal, sqlLimits, sqlViews } from '@vitrail/contracts';
import { Fault } from '../../platform/index.ts';
import { refuse } from './errors.ts';
import { withoutPrefix } from './rewriteStatement.ts';

const viewNames = sqlViews.map(({ name }) => name).join(', ');

const limits: Readonly<Record<number, string>> = {
  158: `reads more than ${sqlLimits.rowsRead / 1_000_000} million rows`,
  159: `takes longer than ${sqlLimits.seconds} seconds`,
  160: `takes longer than ${sqlLimits.seconds} seconds`,
  241: `needs more than ${sqlLimits.memoryMb} MB of memory`,
  307: 'reads too much',
  396: 'reads too much',
};

/** The engine's own error behind a fault, by its shape: only its code and what may be shown of its text. */
function engineError(error: unknown): { code: number; message: string } | null {
  const cause = error instanceof Fault ? error.cause : error;
  if (!(cause instanceof Error) || !('code' in cause) || typeof cause.code !== 'number') return null;
  return { code: cause.code, message: cause.message };
}

/** Turns what the engine said about a statement into a refusal its author can act on; other errors stay what they are. */
export function explainFailure(error: unknown, statement: string): unknown {
  if (error instanceof Fault && error.kind === 'unavailable' && error.code !== 'platform.analytics_too_heavy')
    return error;
  const engine = engineError(error);
  if (engine === null) return error;
  const limit = limits[engine.code];
  if (limit !== undefined)
    return refuse(
      'too_heavy',
      `The statement ${limit}, which is the limit. Narrow it: fewer days, fewer columns, a sample.`,
      {
        kind: 'too_large',
        details: { limit: limit.split(' ')[0] },
        cause: error,
      },
    );
  if (engine.code === 62) return syntaxError(engine.message, statement, error);
  return wrong(engine.message, error);
}

function syntaxError(message: string, statement: string, cause: unknown): Fault {
  const bytes = Number(/position (\d+)/.exec(message)?.[1] ?? 0);
  const before = Buffer.from(statement)
    .subarray(0, Math.max(0, bytes - 1))
    .toString();
  const lines = before.split('\n');
  const place = { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
  const several = /^\s*;/.test(statement.slice(before.length));
  const reason: SqlRefusal = several ? 'several' : 'syntax';
  const text = several
    ? 'Send one statement at a time.'
    : `The statement cannot be read from line ${place.line}, column ${place.column} on.`;
  return refuse(reason, text, { details: place, cause });
}

/** What the engine says about names and types of the statement; the text of the views around it is cut off. */
function wrong(message: string, cause: unknown): Fault {
  const symbol = /\(([A-Z_]+)\)/.exec(message)?.[1] ?? '';
  if (symbol === 'UNKNOWN_TABLE')
    return refuse('wrong', `The statement reads something that is not there. There are: ${viewNames}.`, {
      details: { symbol },
      cause,
    });
  const said = /^ClickHouse refused [\s\S]*?: (?:Code: \d+\. DB::Exception: )?([\s\S]*)$/.exec(message)?.[1] ?? '';
  const own = withoutPrefix(said)
    .replace(/:? ?(In scope|In query|in scope|In the scope|While processing|while executing|: While)[\s\S]*$/, '')
    .replace(/\([A-Z_]+\)\s*$/, '')
    .trim();
  const detail = own === '' ? `ClickHouse says ${symbol}.` : own.replace(/[^.!?]$/, '$&.');
  return refuse('wrong', `The statement cannot be answered: ${detail}`, { details: { symbol }, cause });
}
