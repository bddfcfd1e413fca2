import { type Permission, permissions, type Role, rolePermissions, workspaceHeader } from '@vitrail/contracts';
import { Fault } from '../platform/index.ts';
import type { SecretKey } from './keys/findKeys.ts';
import type { Access, Person, Principal } from './principal.ts';

export interface Membership {
  readonly workspaceId: number;
  readonly role: Role;
}

/** Who stands behind a request, before it is asked what they may do. */
export type Identity =
  | { readonly kind: 'key'; readonly key: SecretKey }
  | { readonly kind: 'person'; readonly person: Person; readonly memberships: readonly Membership[] };

export interface Admission {
  readonly principal: Principal | null;
  readonly person: Person | null;
}

const isPermission = (access: Access): access is Permission => permissions.some((permission) => permission === access);

/** The number in the workspace header, null without one; an `invalid` fault for anything else. */
export function readWorkspaceId(header: string | undefined): number | null {
  if (header === undefined || header === '') return null;
  const id = /^\d{1,9}$/.test(header) ? Number(header) : 0;
  if (id === 0)
    throw new Fault(
      'invalid',
      'govern.bad_workspace',
      `The header ${workspaceHeader} must hold the id of a workspace.`,
    );
  return id;
}

// The same answer whether that workspace exists or not, so that nobody can list them by trying.
const notMember = (): Fault =>
  new Fault('forbidden', 'govern.other_workspace', 'You have no access to the workspace named in the request.');

function principalOfKey(key: SecretKey, wanted: number | null): Principal {
  if (wanted !== null && wanted !== key.workspaceId) throw notMember();
  return { kind: 'key', id: String(key.keyId), workspaceId: key.workspaceId, permissions: key.scopes };
}

function principalOfPerson(
  person: Person,
  memberships: readonly Membership[],
  wanted: number | null,
): Principal | null {
  const membership =
    wanted === null ? memberships[0] : memberships.find((candidate) => candidate.workspaceId === wanted);
  if (membership === undefined) {
    if (wanted !== null) throw notMember();
    return null;
  }
  return {
    kind: 'user',
    id: person.id,
    workspaceId: membership.workspaceId,
    role: membership.role,
    permissions: new Set(rolePermissions[membership.role]),
  };
}

/** A page may remember a workspace its reader has since left; asking who one is must still work, to find that out. */
const known = (wanted: number | null, identity: { readonly memberships: readonly Membership[] }): number | null =>
  identity.memberships.some((membership) => membership.workspaceId === wanted) ? wanted : null;

/** Decides whether an identity may pass a route, and as whom. Throws `unauthenticated` or `forbidden`. */
export function admit(access: Exclude<Access, 'public'>, identity: Identity | null, wanted: number | null): Admission {
  if (identity === null) throw new Fault('unauthenticated', 'govern.signed_out', 'Sign in or send an API key.');
  const person = identity.kind === 'person' ? identity.person : null;
  if (access === 'signed-in' && person === null)
    throw new Fault('forbidden', 'govern.person_required', 'This needs a signed-in person; an API key is not enough.');
  const principal =
    identity.kind === 'key'
      ? principalOfKey(identity.key, wanted)
      : principalOfPerson(
          identity.person,
          identity.memberships,
          access === 'signed-in' ? known(wanted, identity) : wanted,
        );
  if (!isPermission(access)) return { principal, person };
  if (principal === null)
    throw new Fault('forbidden', 'govern.no_workspace', 'You belong to no workspace. Ask an owner to invite you.');
  if (!principal.permissions.has(access))
    throw new Fault('forbidden', 'govern.not_allowed', `This needs the permission \`${access}\`.`, {
      details: { permission: access },
    });
  return { principal, person };
}
