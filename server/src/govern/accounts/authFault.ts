import { isAPIError } from 'better-auth/api';
import { z } from 'zod';
import { Fault, type FaultKind, toPgFault } from '../../platform/index.ts';

const kinds: Readonly<Record<number, FaultKind>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'too_large',
  415: 'invalid',
  422: 'invalid',
};

/** A refusal by better-auth as one of ours: `INVALID_EMAIL_OR_PASSWORD` becomes `auth.invalid_email_or_password`. */
function refusal(status: number, code: string | undefined, message: string | undefined): Fault | null {
  const kind = kinds[status];
  if (kind === undefined) return null;
  const reason = code?.toLowerCase().replace(/[^a-z0-9_]/g, '_') ?? 'refused';
  return new Fault(kind, `auth.${reason}`, message ?? 'The sign-in service refused this request.');
}

/** Whatever the library throws as one of ours; what neither it nor PostgreSQL explains comes back as it was. */
export function authFault(error: unknown): unknown {
  if (!isAPIError(error)) return toPgFault(error);
  const known = refusal(error.statusCode, error.body?.code, error.body?.message);
  if (known !== null) return known;
  return error.cause === undefined ? error : toPgFault(error.cause);
}

const refusalSchema = z.object({ code: z.string().optional(), message: z.string().optional() });

function readRefusal(text: string): z.output<typeof refusalSchema> {
  try {
    return refusalSchema.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}

/** A refusal that the library answers instead of throwing it. */
export function answerFault(answer: Pick<Response, 'status' | 'headers'>, text: string): Error {
  if (answer.status === 429)
    return new Fault('too_many', 'auth.too_many_tries', 'Too many tries. Wait a moment and try again.', {
      details: { retryAfter: Number(answer.headers.get('x-retry-after') ?? 60) },
    });
  const { code, message } = readRefusal(text);
  return refusal(answer.status, code, message) ?? new Error(`better-auth answered ${answer.status} ${code ?? ''}`);
}
