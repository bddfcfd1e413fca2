import { describe, expect, it } from 'vitest';
import { Fault } from '../errors.ts';
import { ChError, chFault } from './errors.ts';

describe('what a failure of the engine means', () => {
  it.each([
    [243, 'Cannot reserve 1 MiB, not enough space. (NOT_ENOUGH_SPACE)', /its disk is full/],
    [1001, 'write failed: errno 28, No space left on device (STD_EXCEPTION)', /its disk is full/],
    [202, 'Too many simultaneous queries (TOO_MANY_SIMULTANEOUS_QUERIES)', /too many queries/],
  ])('code %i is unavailable for a while', (code, message, reason) => {
    const fault = chFault('a.query', code, message);
    expect(fault).toMatchObject({ kind: 'unavailable', code: 'platform.analytics_unavailable' });
    expect(fault.message).toMatch(reason);
  });

  it('tells a query that is too heavy from a store that is down', () => {
    const fault = chFault('a.query', 241, 'Memory limit exceeded (MEMORY_LIMIT_EXCEEDED)');
    expect(fault).toMatchObject({ code: 'platform.analytics_too_heavy' });
    expect(fault.message).toMatch(/a\.query needed more memory/);
  });

  it('keeps what is wrong with our SQL and leaves out every value', () => {
    const scope = `Unknown identifier nope in scope SELECT nope FROM t WHERE mail = 'jane@example.com' (UNKNOWN_IDENTIFIER)`;
    const refused = chFault('a.query', 47, scope);
    expect(refused).toBeInstanceOf(ChError);
    expect(refused).not.toBeInstanceOf(Fault);
    expect(refused.message).toBe(
      `ClickHouse refused a.query with code 47 (UNKNOWN_IDENTIFIER): Unknown identifier nope in scope SELECT nope FROM t WHERE mail = '…' (UNKNOWN_IDENTIFIER)`,
    );
    const syntax = `Syntax error: failed at position 31 ('jane@example.com'): 'jane@example.com' (SYNTAX_ERROR)`;
    expect(chFault('a.query', 62, syntax).message).toMatch(/code 62 \(SYNTAX_ERROR\): failed at position 31$/);
    const row = `Cannot parse input: expected ',' before: 'jane@example.com' (CANNOT_PARSE_INPUT_ASSERTION_FAILED)`;
    expect(chFault('a.query', 27, row).message).toBe(
      'ClickHouse refused a.query with code 27 (CANNOT_PARSE_INPUT_ASSERTION_FAILED)',
    );
  });
});
