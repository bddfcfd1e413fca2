import { pino } from 'pino';

/** Structured log. Fields carry ids, counts and codes; never personal data, payloads or secrets. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): Log;
}

/** JSON lines on stderr, so that a command's own output on stdout stays clean. */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // A pg error's `detail` and `where` quote row values, which may be personal.
      serializers: {
        err: (error: unknown) =>
          error instanceof Error
            ? {
                type: error.name,
                message: error.message,
                code: 'code' in error ? error.code : undefined,
                stack: error.stack,
              }
            : { type: typeof error },
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
