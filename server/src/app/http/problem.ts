import { STATUS_CODES } from 'node:http';
import type { Problem } from '@vitrail/contracts';
import type { FastifyError } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { Fault, type FaultKind } from '../../platform/index.ts';

export const problemType = 'application/problem+json; charset=utf-8';

const statusOf: Readonly<Record<FaultKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  too_many: 429,
  unavailable: 503,
};
/** Seconds to wait when the fault's details do not say `retryAfter`. */
const retryAfterOf: Partial<Record<FaultKind, number>> = { too_many: 10, unavailable: 5 };

export interface ProblemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Problem;
  /** True when nobody foresaw this error: it is logged in full and hidden from the caller. */
  readonly unforeseen: boolean;
}

/** What Fastify and its plugins refuse, in our words. Anything else of theirs keeps its status and sentence. */
const known: Readonly<Record<string, { code: string; detail: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: 'http.body_too_large',
    detail: 'The request body is larger than this route accepts.',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    code: 'http.bad_json',
    detail: 'The request says it carries JSON but its body is empty.',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'http.bad_json', detail: 'The request body is not valid JSON.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'http.bad_content_type',
    detail: 'This route does not accept that Content-Type. Send application/json.',
  },
  FST_ERR_BAD_URL: { code: 'http.bad_url', detail: 'The address of the request is not a valid URL.' },
};

// PostgreSQL cannot store U+0000 in text (22021) or jsonb (22P05); only a caller can have sent it.
const unstorableText = new Set(['22021', '22P05']);

interface Draft {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly retryAfter?: number;
  readonly unforeseen?: boolean;
}

function fromFault(fault: Fault): Draft {
  const { retryAfter } = fault.details;
  const seconds = typeof retryAfter === 'number' && retryAfter > 0 ? Math.ceil(retryAfter) : retryAfterOf[fault.kind];
  return {
    status: statusOf[fault.kind],
    code: fault.code,
    detail: fault.message,
    extra: fault.details,
    ...(seconds === undefined ? {} : { retryAfter: seconds }),
  };
}

function fromValidation(error: FastifyError): Draft | null {
  if (!hasZodFastifySchemaValidationErrors(error)) return null;
  const where = error.validationContext ?? 'body';
  const errors = error.validation.map(({ instancePath, message = 'is not valid' }) => ({
    in: where,
    field: instancePath === '/' ? '' : instancePath,
    problem: message,
  }));
  const sentences = errors.slice(0, 3).map(({ field, problem }) => `${where}${field}: ${problem}`);
  const more = errors.length > sentences.length ? ` (and ${errors.length - sentences.length} more)` : '';
  return { status: 400, code: 'http.invalid_request', detail: `${sentences.join('; ')}${more}`, extra: { errors } };
}

function fromError(error: unknown): Draft {
  if (error instanceof Fault) return fromFault(error);
  if (error instanceof Error) {
    const failure: Partial<FastifyError> & Error = error;
    const invalid =
      failure.validation === undefined ? null : fromValidation(Object.assign(failure, { code: failure.code ?? '' }));
    if (invalid !== null) return invalid;
    if (failure.code !== undefined && unstorableText.has(failure.code))
      return { status: 400, code: 'http.bad_text', detail: 'The request holds a NUL character or half a character.' };
    const status = failure.statusCode ?? 500;
    const ours = known[failure.code ?? ''];
    if (ours !== undefined) return { status, ...ours };
    if (status >= 400 && status < 500) {
      // Node's JSON errors quote the input, which may be personal; Fastify's own sentences do not.
      if (error instanceof SyntaxError)
        return { status, code: 'http.bad_json', detail: 'The request body is not valid JSON.' };
      return { status, code: 'http.refused', detail: error.message, ...(status === 429 ? { retryAfter: 10 } : {}) };
    }
  }
  return {
    status: 500,
    code: 'http.internal',
    detail:
      'Something went wrong on our side. Nothing more is known to you; quote the request id when asking for help.',
    unforeseen: true,
  };
}

/** Any error → the one shape in which errors leave the house. Details of a fault become members of the problem. */
export function toProblem(error: unknown, requestId: string): ProblemAnswer {
  const { status, code, detail, extra = {}, retryAfter, unforeseen = false } = fromError(error);
  const body = {
    ...extra,
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail,
    requestId,
  };
  return {
    status,
    headers: retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
    body,
    unforeseen,
  };
}
