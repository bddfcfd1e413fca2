import type { FastifyRequest } from 'fastify';
import { type AdaptBody, fillDefaults } from './adaptBody.ts';
import type { Delivery } from './door.ts';
import { isRefusal } from './door.ts';
import type { BodyExpectation } from './parseBody.ts';
import { readWriteKey } from './writeKey.ts';

const first = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : header?.[0];

/** RudderStack's browser client repeats the anonymous id in a header, base64 of UTF-8. */
function anonymousIdOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const text = Buffer.from(header, 'base64').toString('utf8').replaceAll('\0', '');
  return text === '' ? undefined : text;
}

function adaptFromHeaders({ headers }: FastifyRequest): AdaptBody | null {
  if (headers.sentat === undefined && headers.anonymousid === undefined) return null;
  const sentAt = first(headers.sentat);
  const anonymousId = anonymousIdOf(first(headers.anonymousid));
  return fillDefaults({
    ...(sentAt === undefined ? {} : { sentAt }),
    ...(anonymousId === undefined ? {} : { anonymousId }),
  });
}

/** Jitsu's `X-IP-Policy`: what of the address may be kept. An unknown policy is taken for the strictest. */
function keptIp(ip: string, policy: string | undefined): string | null {
  if (policy === undefined || policy === 'keep') return ip;
  if (policy !== 'stripLastOctet') return null;
  return /^\d+\.\d+\.\d+\.\d+$/.test(ip) ? ip.replace(/\d+$/, '0') : null;
}

function queryKey(query: unknown): string | undefined {
  if (typeof query !== 'object' || query === null || !('writeKey' in query)) return undefined;
  return typeof query.writeKey === 'string' ? query.writeKey : undefined;
}

/** The request of any of the clients, as the door takes it. */
export function deliveryOf(request: FastifyRequest, expected: BodyExpectation): Delivery {
  const { headers, body } = request;
  const { authorization } = headers;
  const usable = Buffer.isBuffer(body) || (typeof body === 'object' && body !== null && isRefusal(body));
  return {
    batch: expected.batch,
    typeHint: expected.typeHint,
    adapt: expected.adapt ?? adaptFromHeaders(request),
    body: usable ? body : Buffer.alloc(0),
    key: readWriteKey({
      authorization,
      xWriteKey: first(headers['x-write-key']),
      query: queryKey(request.query),
    }),
    authorization,
    ip: keptIp(request.ip, first(headers['x-ip-policy'])),
    userAgent: headers['user-agent'] ?? null,
    gpc: headers['sec-gpc'] === '1',
  };
}
