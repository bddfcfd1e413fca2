import { permissions, type Role, rolePermissions, roleSchema } from '@vitrail/contracts';
import { describe, expect, test } from 'vitest';
import { admit, type Identity, type Membership, readWorkspaceId } from './authorize.ts';

const somebody = { id: 'u1', name: 'Ada', email: 'ada@example.com', twoFactor: false };
const person = (...memberships: Membership[]): Identity => ({ kind: 'person', person: somebody, memberships });
const member = (role: Role, workspaceId = 1): Membership => ({ workspaceId, role });
const key = (...scopes: Exclude<(typeof permissions)[number], 'users.write'>[]): Identity => ({
  kind: 'key',
  key: { keyId: 9, workspaceId: 1, scopes: new Set(scopes) },
});

describe.each(roleSchema.options)('a member with the role %s', (role) => {
  test.each(permissions)('passes a route that needs %s only when the role has it', (permission) => {
    const attempt = () => admit(permission, person(member(role)), null);
    if (rolePermissions[role].includes(permission)) expect(attempt().principal).toMatchObject({ role, workspaceId: 1 });
    else expect(attempt).toThrow(expect.objectContaining({ kind: 'forbidden', code: 'govern.not_allowed' }));
  });
});

test('nobody passes without signing in', () => {
  for (const access of ['signed-in', 'profiles.read'] as const)
    expect(() => admit(access, null, null)).toThrow(expect.objectContaining({ kind: 'unauthenticated' }));
});

test('without a workspace header the oldest membership counts, with it the named one', () => {
  const identity = person(member('viewer', 1), member('owner', 2));
  expect(admit('profiles.read', identity, null).principal).toMatchObject({ workspaceId: 1, role: 'viewer' });
  expect(admit('users.write', identity, 2).principal).toMatchObject({ workspaceId: 2, role: 'owner' });
  expect(() => admit('users.write', identity, 1)).toThrow(expect.objectContaining({ code: 'govern.not_allowed' }));
});

test('a workspace one does not belong to is refused, for people and keys alike', () => {
  for (const identity of [person(member('owner')), key('profiles.read')])
    expect(() => admit('profiles.read', identity, 2)).toThrow(
      expect.objectContaining({ kind: 'forbidden', code: 'govern.other_workspace' }),
    );
});

test('a person without any workspace is signed in and nothing more', () => {
  expect(admit('signed-in', person(), null)).toEqual({ principal: null, person: somebody });
  expect(() => admit('profiles.read', person(), null)).toThrow(
    expect.objectContaining({ code: 'govern.no_workspace' }),
  );
});

test('a remembered workspace that one has left does not keep one from asking who one is', () => {
  expect(admit('signed-in', person(member('viewer', 3)), 2).principal).toMatchObject({ workspaceId: 3 });
  expect(admit('signed-in', person(member('viewer', 3), member('owner', 4)), 4).principal).toMatchObject({
    workspaceId: 4,
  });
  expect(admit('signed-in', person(), 2).principal).toBeNull();
});

test('a key passes with its scopes only and never as a person', () => {
  expect(admit('profiles.read', key('profiles.read'), 1).principal).toMatchObject({ kind: 'key', id: '9' });
  expect(() => admit('export.read', key('profiles.read'), null)).toThrow(
    expect.objectContaining({ code: 'govern.not_allowed' }),
  );
  expect(() => admit('signed-in', key('profiles.read'), null)).toThrow(
    expect.objectContaining({ code: 'govern.person_required' }),
  );
});

test.each(['0', '-1', 'x', '1.5', '1 or 1=1', '99999999999'])('%j is no workspace id', (text) => {
  expect(() => readWorkspaceId(text)).toThrow(expect.objectContaining({ kind: 'invalid' }));
});

test('no workspace header means none', () => {
  expect(readWorkspaceId(undefined)).toBeNull();
  expect(readWorkspaceId('12')).toBe(12);
});
