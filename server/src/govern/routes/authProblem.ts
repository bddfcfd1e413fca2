import { z } from 'zod';
import { Fault, type FaultKind } from '../../platform/index.ts';

const kinds: Readonly<Record<number, FaultKind>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'too_large',
  422: 'invalid',
  429: 'too_many',
};
const bodySchema = z.object({ code: z.string().optional(), message: z.string().optional() });

function readBody(text: string): z.output<typeof bodySchema> {
  try {
    return bodySchema.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}

/** A refusal by better-auth as one of ours: `INVALID_EMAIL_OR_PASSWORD` becomes `auth.invalid_email_or_password`. */
export function authProblem(answer: Pick<Response, 'status' | 'headers'>, text: string): Error {
  const kind = kinds[answer.status];
  const { code = 'refused', message = 'The sign-in service refused this request.' } = readBody(text);
  if (kind === undefined) return new Error(`better-auth answered ${answer.status} ${code}`);
  if (kind === 'too_many')
    return new Fault(kind, 'auth.too_many_tries', 'Too many tries. Wait a moment and try again.', {
      details: { retryAfter: Number(answer.headers.get('x-retry-after') ?? 60) },
    });
  return new Fault(kind, `auth.${code.toLowerCase()}`, message);
}
