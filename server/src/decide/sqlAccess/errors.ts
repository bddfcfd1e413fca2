import type { SqlRefusal } from '@vitrail/contracts';
import { Fault, type FaultKind } from '../../platform/index.ts';

/** A statement that is not run, with a reason of a closed list. The message may name words of the statement, no values. */
export const refuse = (
  reason: SqlRefusal,
  message: string,
  { kind = 'invalid', ...options }: { kind?: FaultKind; details?: Record<string, unknown>; cause?: unknown } = {},
): Fault => new Fault(kind, `decide.sql_${reason}`, message, options);
