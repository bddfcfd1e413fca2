import { z } from 'zod';
import { Fault } from './errors.ts';

/** Position in a keyset-paged list → opaque text for the outside. Not a secret and not signed: it is validated on return. */
export const encodeCursor = (position: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** The position behind a cursor; an `invalid` fault when it is not one of ours for this list. */
export function decodeCursor<S extends z.ZodType>(cursor: string, position: S): z.output<S> {
  const parsed = z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(position)
    .safeParse(cursor);
  if (!parsed.success)
    throw new Fault(
      'invalid',
      'http.bad_cursor',
      'This cursor is not one of this list. Start again without `cursor` and follow `next`.',
    );
  return parsed.data;
}
