import { sessionRequestHeader, workspaceHeader } from '@vitrail/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  admit,
  assertOwnPage,
  type Identified,
  type RequestOrigin,
  readWorkspaceId,
  refuseForeign,
} from '../../govern/index.ts';
import type { Limiters } from './limits.ts';

export type Identify = (request: FastifyRequest) => Promise<Identified>;

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
/** What a proxy on this machine would add: then the connection's address says nothing about who asks. */
const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

const isLocal = (request: FastifyRequest): boolean =>
  loopback.has(request.socket.remoteAddress ?? '') && forwarded.every((name) => request.headers[name] === undefined);

const headerOf = (request: FastifyRequest, name: string): string | null => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
};

const originOf = (request: FastifyRequest, publicUrl: string | null): RequestOrigin => ({
  method: request.method,
  fetchSite: headerOf(request, 'sec-fetch-site'),
  origin: headerOf(request, 'origin'),
  sessionRequest: headerOf(request, sessionRequestHeader.name),
  ownOrigin: publicUrl ?? `${request.protocol}://${request.host}`,
});

/** The header; for reading also `?workspace=`, since event streams and plain links cannot send headers. */
function wantedWorkspace(request: FastifyRequest): number | null {
  const header = headerOf(request, workspaceHeader);
  if (header !== null || request.method !== 'GET') return readWorkspaceId(header ?? undefined);
  const { query } = request;
  const asked = typeof query === 'object' && query !== null && 'workspace' in query ? query.workspace : undefined;
  return readWorkspaceId(typeof asked === 'string' ? asked : undefined);
}

/** A browser's question whether a page of another site may ask. An answer other than yes looks like a network failure. */
export const isPreflight = ({ method, routeOptions }: FastifyRequest): boolean =>
  method === 'OPTIONS' && routeOptions.config.anyOrigin === true;

/**
 * Runs before every request: who is it, may they, and not too often. What a route demands is in its `config.access`;
 * a route without it cannot be reached at all.
 */
export function createGuard(parts: { identify: Identify; limiters: Limiters; publicUrl: string | null }) {
  const { identify, limiters, publicUrl } = parts;
  return async function guard(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (isPreflight(request)) return;
    const { access, localAccess, guessable } = request.routeOptions.config;
    await limiters.open(request);
    if (request.is404 || access === 'public') {
      if (guessable) {
        refuseForeign(originOf(request, publicUrl));
        await limiters.guess(request);
      }
      return;
    }
    if (access === undefined) throw new Error('a route without access was reached');
    if (localAccess && isLocal(request) && request.headers.authorization === undefined) return;
    const { identity, byCookie, setCookies } = await identify(request);
    if (byCookie) assertOwnPage(originOf(request, publicUrl));
    const { principal, person } = admit(access, identity, wantedWorkspace(request));
    request.principal = principal;
    request.person = person;
    for (const cookie of setCookies) reply.header('set-cookie', cookie);
    await limiters.api(request);
  };
}
