import { rolePermissions } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { groupsFor, permissionFor, placeOf, placesFor } from './navigation.ts';

const can = (role: 'owner' | 'viewer') => (permission: string) =>
  rolePermissions[role].some((one) => one === permission);

describe('the places of the console', () => {
  it('show a viewer nothing that would be refused, and an owner everything', () => {
    expect(placesFor(can('viewer')).map(({ key }) => key)).not.toContain('keys');
    expect(groupsFor(can('viewer')).map(({ key }) => key)).toEqual([
      'home',
      'customers',
      'analytics',
      'segments',
      'messages',
      'website',
      'products',
      'data',
    ]);
    expect(groupsFor(can('owner'))).toHaveLength(9);
  });

  it('are the nearest ones of an address: personas are not segments', () => {
    expect(placeOf('/segments/personas')).toBe('/segments/personas');
    expect(placeOf('/segments/scores/new')).toBe('/segments/scores');
    expect(placeOf('/segments/12')).toBe('/segments');
    expect(placeOf('/settings/profile')).toBeNull();
  });

  it('ask of a page what the place it belongs to asks', () => {
    expect(permissionFor('/customers/abc')).toBe('profiles.read');
    expect(permissionFor('/settings/keys')).toBe('keys.write');
    expect(permissionFor('/')).toBe('analytics.read');
    expect(permissionFor('/settings/profile')).toBeNull();
    expect(permissionFor('/customersandmore')).toBeNull();
  });
});
