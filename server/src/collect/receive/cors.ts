import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Cross-origin rules of the collection door: any page may send, with cookies attached (beacons do), because a write key
 * can only write and no answer holds anything secret. Never used on other routes: these say `anyOrigin`.
 */
const allowedHeaders = [
  'authorization',
  'content-type',
  'content-encoding',
  'anonymousid',
  'sentat',
  'x-write-key',
  'x-retry-count',
  'x-ip-policy',
  'x-enable-debug',
  'x-api-key',
  'if-none-match',
  // RudderStack's browser client adds these to what it sends again.
  'rsa-recovered',
  'rsa-retry-attempt',
  'rsa-since-last-attempt',
  'rsa-since-first-attempt',
  'rsa-retry-reason',
].join(', ');

export function allowOrigin(request: FastifyRequest, reply: FastifyReply): void {
  const { origin } = request.headers;
  if (origin === undefined) return;
  reply.header('access-control-allow-origin', origin);
  reply.header('access-control-allow-credentials', 'true');
  reply.header('access-control-expose-headers', 'retry-after');
  reply.header('vary', 'Origin');
}

/** Answers the browser's question before the request itself. */
export function answerPreflight(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply
    .header('access-control-allow-methods', 'GET, POST, OPTIONS')
    .header('access-control-allow-headers', allowedHeaders)
    .header('access-control-max-age', '7200')
    .code(204)
    .send();
}
