import { z } from 'zod';

/** Every error of the HTTP API, RFC 9457. `code` is stable and dotted; `detail` says what happened and what to do. */
export const problemSchema = z
  .looseObject({
    type: z.string().meta({ description: 'Always `about:blank`: `code` tells problems apart.' }),
    title: z.string().meta({ description: 'The phrase of the HTTP status.' }),
    status: z.int(),
    code: z.string().meta({ description: 'Stable, `room.reason`.', examples: ['http.invalid_request'] }),
    detail: z.string(),
    requestId: z.string().meta({ description: 'Also in the header X-Request-Id; quote it when asking for help.' }),
    errors: z
      .array(
        z.object({
          in: z.enum(['body', 'querystring', 'params', 'headers']),
          field: z.string().meta({ description: 'JSON pointer to the value that is wrong.' }),
          problem: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'What went wrong (application/problem+json).' });
export type Problem = z.infer<typeof problemSchema>;

/** A list answer: pass `next` back as `cursor` for the following page; null means there is none. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().meta({ description: 'Opaque cursor of the next page, null at the end.' }),
  });

/**
 * A request that changes something on the strength of a session cookie must carry this header. A page of another site
 * cannot add it without a CORS permission that is never given.
 */
export const sessionRequestHeader = { name: 'x-vitrail-request', value: 'console' } as const;

/** Chooses the workspace of a request when a person belongs to several. */
export const workspaceHeader = 'x-vitrail-workspace';

export const countrySchema = z
  .string()
  .regex(/^[A-Z]{2}$/, 'Use the two-letter ISO 3166 code in capitals, such as FR.')
  .meta({ examples: ['FR'] });

export const currencySchema = z
  .string()
  .regex(/^[A-Z]{3}$/, 'Use the three-letter ISO 4217 code in capitals, such as EUR.')
  .meta({ examples: ['EUR'] });

export const languageSchema = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'Use a language code such as fr or fr-CA.')
  .meta({ examples: ['fr'] });

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};
export const timeZoneSchema = z
  .string()
  .refine(isTimeZone, 'Use a time zone name such as Europe/Paris.')
  .meta({ examples: ['Europe/Paris'] });

/** An instant on the wire: ISO 8601 in UTC. */
export const instantSchema = z.iso.datetime();
