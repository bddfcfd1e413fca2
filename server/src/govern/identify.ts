import { roleSchema } from '@vitrail/contracts';
import type { FastifyRequest } from 'fastify';
import { Fault, type Pg } from '../platform/index.ts';
import type { Identity } from './authorize.ts';
import type { Govern } from './govern.ts';
import { listMemberships } from './sql/members.pg.ts';

export interface Identified {
  readonly identity: Identity | null;
  /** True when the browser sent the proof of who it is by itself, so the request may have been forged by a page. */
  readonly byCookie: boolean;
  readonly setCookies: readonly string[];
}

const nobody: Identified = { identity: null, byCookie: false, setCookies: [] };

const readBearer = (header: string | undefined): string | null => /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1] ?? null;

async function identifyPerson(deps: { pg: Pg; govern: Govern }, cookie: string): Promise<Identified> {
  const session = await deps.govern.accounts.findSession(new Headers({ cookie }));
  if (session === null) return nobody;
  const rows = await deps.pg.rows(listMemberships, { user: session.person.id });
  const memberships = rows.map((row) => ({ workspaceId: row.workspace_id, role: roleSchema.parse(row.role) }));
  return {
    identity: { kind: 'person', person: session.person, memberships },
    byCookie: true,
    setCookies: session.setCookies,
  };
}

/** Finds out who sends a request: a secret key in `Authorization`, else a session cookie. A wrong key is refused at once. */
export async function identify(deps: { pg: Pg; govern: Govern }, request: FastifyRequest): Promise<Identified> {
  const { authorization, cookie } = request.headers;
  const secret = readBearer(authorization);
  if (secret !== null) {
    const key = await deps.govern.keys.findSecretKey(secret);
    if (key === null) throw new Fault('unauthenticated', 'govern.wrong_key', 'This API key is unknown or was revoked.');
    deps.govern.keyUse.note(key.keyId);
    return { ...nobody, identity: { kind: 'key', key } };
  }
  if (authorization !== undefined && authorization !== '')
    throw new Fault('unauthenticated', 'govern.wrong_scheme', 'Send the API key as `Authorization: Bearer sk_…`.');
  return cookie === undefined ? nobody : identifyPerson(deps, cookie);
}
