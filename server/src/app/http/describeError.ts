// PostgreSQL and parsers quote the values they choke on; these kinds of error speak of our code only.
const speaksOfCode = new Set(['Error', 'TypeError', 'RangeError', 'ReferenceError', 'Fault']);

export interface ErrorDescription {
  readonly type: string;
  readonly code?: unknown;
  readonly message?: string;
  /** Where in the code: the stack without its first line. */
  readonly at?: readonly string[];
  readonly cause?: ErrorDescription;
}

/** An error as it may stand in the log: enough to find the place, nothing that could be personal. */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error };
  const at = error.stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 12)
    .map((line) => line.trim());
  return {
    type: error.name,
    ...('code' in error ? { code: error.code } : {}),
    ...(speaksOfCode.has(error.name) ? { message: error.message } : {}),
    ...(at === undefined ? {} : { at }),
    ...(error.cause === undefined || depth > 3 ? {} : { cause: describeError(error.cause, depth + 1) }),
  };
}
