import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { HttpApp } from '../../platform/index.ts';
import { answerFault, authFault } from '../accounts/authFault.ts';
import { clientAddressHeader, requestOriginHeader } from '../accounts/createAuth.ts';
import type { Govern } from '../govern.ts';

/**
 * The endpoints of better-auth that are reachable; the rest of the library answers 404. Its client
 * (`better-auth/client`, base path /api/auth) works against them unchanged.
 */
const endpoints: readonly { method: 'GET' | 'POST'; path: string; summary: string; guessable?: true }[] = [
  { method: 'POST', path: 'sign-in/email', summary: 'Sign in with e-mail address and password', guessable: true },
  { method: 'POST', path: 'sign-out', summary: 'Sign out' },
  { method: 'GET', path: 'get-session', summary: 'The current session, or null' },
  { method: 'POST', path: 'reset-password', summary: 'Choose a password with an invitation', guessable: true },
  { method: 'POST', path: 'change-password', summary: 'Change the own password', guessable: true },
  { method: 'POST', path: 'update-user', summary: 'Change the own name' },
  { method: 'GET', path: 'list-sessions', summary: 'Own sessions on all devices' },
  { method: 'POST', path: 'revoke-session', summary: 'End one of the own sessions' },
  { method: 'POST', path: 'revoke-other-sessions', summary: 'End all own sessions but this one' },
  { method: 'POST', path: 'two-factor/enable', summary: 'Begin to set up a second factor', guessable: true },
  { method: 'POST', path: 'two-factor/disable', summary: 'Stop using a second factor', guessable: true },
  { method: 'POST', path: 'two-factor/get-totp-uri', summary: 'Address for an authenticator app', guessable: true },
  { method: 'POST', path: 'two-factor/verify-totp', summary: 'Prove the second factor', guessable: true },
  { method: 'POST', path: 'two-factor/verify-backup-code', summary: 'Sign in with a backup code', guessable: true },
  { method: 'POST', path: 'two-factor/generate-backup-codes', summary: 'Make new backup codes', guessable: true },
];

// The library's own shapes, passed through as they are.
const body = z.looseObject({}).nullish();
const answer = z.unknown().meta({ description: 'As better-auth documents this endpoint.' });

/** The request as the library reads it: same method, path and body, with our word on address and origin. */
function toWebRequest(request: FastifyRequest): Request {
  const origin = `${request.protocol}://${request.host}`;
  const headers = new Headers();
  for (const name of [
    'cookie',
    'origin',
    'referer',
    'user-agent',
    'sec-fetch-site',
    'sec-fetch-mode',
    'sec-fetch-dest',
  ]) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  headers.set(clientAddressHeader, request.ip);
  headers.set(requestOriginHeader, origin);
  const init: RequestInit = { method: request.method, headers };
  if (request.method !== 'GET') {
    headers.set('content-type', 'application/json');
    init.body = JSON.stringify(request.body ?? {});
  }
  return new Request(new URL(request.url, origin), init);
}

async function ask(govern: Govern, request: FastifyRequest): Promise<Response> {
  try {
    return await govern.auth.handler(toWebRequest(request));
  } catch (error) {
    throw authFault(error);
  }
}

async function pass(govern: Govern, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const answered = await ask(govern, request);
  const text = await answered.text();
  if (answered.status >= 400) throw answerFault(answered, text);
  for (const cookie of answered.headers.getSetCookie()) reply.header('set-cookie', cookie);
  return reply
    .code(answered.status)
    .type('application/json; charset=utf-8')
    .send(text === '' ? 'null' : text);
}

export function registerAuthRoutes(app: HttpApp, govern: Govern): void {
  for (const { method, path, summary, guessable } of endpoints)
    app.route({
      method,
      url: `/api/auth/${path}`,
      config: guessable ? { access: 'public', guessable } : { access: 'public' },
      schema: { summary, tags: ['govern'], ...(method === 'POST' ? { body } : {}), response: { 200: answer } },
      handler: (request, reply) => pass(govern, request, reply),
    });
}
