import { describe, expect, it } from 'vitest';
import { defaultNamespaces, exclusiveIdentifier, type Identifier, identifierKey } from './identifier.ts';
import { type Joined, joinIdentifiers, type Known, type Sighting } from './joinIdentifiers.ts';

const nobody: Known = { identifiers: new Map(), counts: new Map(), apart: [] };
/** `user_id:u1 anonymous_id:a1` */
const sight = (text: string, explicit = false): Sighting => ({
  explicit,
  identifiers: text
    .split(' ')
    .filter((part) => part !== '')
    .map((part): Identifier => {
      const [namespace = '', value = ''] = part.split(':');
      return exclusiveIdentifier(namespace, value);
    })
    .toSorted(
      (a, b) =>
        (defaultNamespaces.get(a.namespace)?.priority ?? 30) - (defaultNamespaces.get(b.namespace)?.priority ?? 30),
    ),
});
const join = (texts: readonly string[], known = nobody): Joined =>
  joinIdentifiers(
    texts.map((text) => sight(text)),
    known,
    defaultNamespaces,
  );
/** Owners under their final roots. */
const people = (joined: Joined): number[] => joined.owners.map((owner) => joined.roots.get(owner) ?? owner);

describe('joinIdentifiers', () => {
  it('gives an anonymous visitor and the account they sign in to one profile', () => {
    const joined = join(['anonymous_id:a', 'anonymous_id:a user_id:u', 'user_id:u']);
    expect(new Set(people(joined)).size).toBe(1);
    expect(joined.created).toBe(1);
    expect(joined.merges).toEqual([]);
  });

  it('merges two profiles named in one record, the older one stays', () => {
    const joined = join(['email:e', 'phone:p', 'email:e phone:p']);
    expect(joined.merges).toMatchObject([{ winnerId: -1, loserId: -2, sighting: 2 }]);
    expect(new Set(people(joined)).size).toBe(1);
  });

  it('keeps the device with the first person when a second one signs in', () => {
    const joined = join([
      'anonymous_id:tablet user_id:anna',
      'anonymous_id:tablet user_id:bruno',
      'anonymous_id:tablet',
    ]);
    const [anna, bruno, later] = people(joined);
    expect(bruno).not.toBe(anna);
    expect(later).toBe(anna);
    expect(joined.collisions).toMatchObject([{ reason: 'limit', identifier: { namespace: 'anonymous_id' } }]);
  });

  it('refuses a merge that would give one person two accounts, and keeps the stronger identifier', () => {
    const joined = join(['user_id:a email:shared', 'user_id:b', 'user_id:b email:shared']);
    expect(new Set(people(joined)).size).toBe(2);
    expect(people(joined)[2]).toBe(people(joined)[1]);
  });

  it('lets an alias join what a limit forbids, as someone states it outright', () => {
    const joined = joinIdentifiers(
      [sight('user_id:old'), sight('user_id:new user_id:old', true)],
      nobody,
      defaultNamespaces,
    );
    expect(new Set(people(joined)).size).toBe(1);
  });

  it('never joins people that somebody said are different, directly or through a third', () => {
    const known: Known = {
      identifiers: new Map([
        [identifierKey('email', 'x'), { profileId: 1, rootId: 1 }],
        [identifierKey('email', 'y'), { profileId: 2, rootId: 2 }],
        [identifierKey('phone', 'z'), { profileId: 3, rootId: 3 }],
      ]),
      counts: new Map(),
      apart: [[1, 2]],
    };
    const joined = join(['email:x phone:z', 'phone:z email:y'], known);
    expect(joined.merges).toMatchObject([{ winnerId: 1, loserId: 3 }]);
    expect(joined.collisions).toMatchObject([{ reason: 'kept_apart' }]);
  });

  it('attaches an identifier to the profile row its record belongs to, so that un-merging stays exact', () => {
    const known: Known = {
      identifiers: new Map([
        [identifierKey('user_id', 'u'), { profileId: 7, rootId: 5 }],
        [identifierKey('email', 'e'), { profileId: 5, rootId: 5 }],
      ]),
      counts: new Map([
        [
          5,
          new Map([
            ['user_id', 1],
            ['email', 1],
          ]),
        ],
      ]),
      apart: [],
    };
    const joined = join(['user_id:u phone:new'], known);
    expect(joined.owners).toEqual([7]);
    expect(joined.attached).toMatchObject([{ profileId: 7 }]);
  });

  it('comes to the same people however a stream is cut into batches', () => {
    let seed = 42;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed % below;
    };
    for (let round = 0; round < 200; round++) {
      const stream = Array.from({ length: 40 }, () =>
        ['user_id', 'email', 'anonymous_id']
          .filter(() => random(2) === 0)
          .map((namespace) => `${namespace}:${random(6)}`)
          .join(' '),
      );
      expect(partition(inBatches(stream, 1 + random(39)))).toEqual(partition(inBatches(stream, 40)));
    }
  });
});

/** Runs a stream through the function in batches, carrying what is known as the stores would. */
function inBatches(stream: readonly string[], size: number): number[] {
  const holders = new Map<string, number>();
  const roots = new Map<number, number>();
  const rootOf = (id: number): number => roots.get(id) ?? id;
  const owners: number[] = [];
  let next = 1;
  for (let start = 0; start < stream.length; start += size) {
    const counts = new Map<number, Map<string, number>>();
    for (const [key, holder] of holders) {
      const ofRoot = counts.get(rootOf(holder)) ?? new Map<string, number>();
      const namespace = key.split('\0')[0] ?? '';
      counts.set(rootOf(holder), ofRoot.set(namespace, (ofRoot.get(namespace) ?? 0) + 1));
    }
    const identifiers = new Map(
      [...holders].map(([key, profileId]) => [key, { profileId, rootId: rootOf(profileId) }]),
    );
    const joined = join(stream.slice(start, start + size), { identifiers, counts, apart: [] });
    const base = next;
    const stored = (id: number): number => (id < 0 ? base - id - 1 : id);
    next += joined.created;
    for (const { identifier, profileId } of joined.attached) {
      holders.set(identifierKey(identifier.namespace, identifier.value), stored(profileId));
    }
    for (const [loser, winner] of joined.roots) {
      for (const id of Array.from({ length: next }, (_, index) => index)) {
        if (rootOf(id) === stored(loser)) roots.set(id, stored(winner));
      }
    }
    owners.push(...joined.owners.map(stored));
  }
  return owners.map(rootOf);
}

/** Names people by their first event, so that two runs can be compared. */
function partition(owners: readonly number[]): number[] {
  const first = new Map<number, number>();
  return owners.map((owner, index) => {
    if (!first.has(owner)) first.set(owner, index);
    return owner === 0 ? -1 : (first.get(owner) ?? -1);
  });
}
