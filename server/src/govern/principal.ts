import type { Permission, Role } from '@vitrail/contracts';
import type { FastifyRequest } from 'fastify';
import { Fault } from '../platform/index.ts';

/** Who is asking, in which workspace, and what that allows. */
export interface Principal {
  readonly kind: 'user' | 'key';
  /** better-auth user id, or API key id as text. */
  readonly id: string;
  readonly workspaceId: number;
  /** Present for people. */
  readonly role?: Role;
  readonly permissions: ReadonlySet<Permission>;
}

/** A signed-in person, before a workspace is chosen. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly twoFactor: boolean;
}

/** What a route demands: a permission, only a signed-in person (before a workspace is chosen), or nothing. */
export type Access = Permission | 'signed-in' | 'public';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route states it; one that does not is refused at start. */
    access?: Access;
    /** A caller on this machine, not through a proxy, needs no credentials. For `/metrics`. */
    localAccess?: true;
    /** Counts against the small allowance for trying passwords and tokens, per address. */
    guessable?: true;
    /** Pages of any site may call it and read its answers, refusals included. Only where a write key is all that is known. */
    anyOrigin?: true;
  }
  interface FastifyRequest {
    principal: Principal | null;
    person: Person | null;
  }
}

/** The principal of a request whose route demands a permission. */
export function principalOf(request: FastifyRequest): Principal {
  if (request.principal === null)
    throw new Fault('unauthenticated', 'govern.signed_out', 'Sign in or send an API key.');
  return request.principal;
}

/** The person of a request whose route demands `signed-in`. */
export function personOf(request: FastifyRequest): Person {
  if (request.person === null) throw new Fault('unauthenticated', 'govern.signed_out', 'Sign in first.');
  return request.person;
}

/** True when names, contact details and raw records must be masked for this principal. */
export const isMasked = (principal: Principal): boolean => !principal.permissions.has('personal.read');
