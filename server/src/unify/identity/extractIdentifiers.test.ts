import { describe, expect, it } from 'vitest';
import type { WorkspaceContext } from '../../collect/index.ts';
import { readEvent } from '../../collect/pipeline/readEvent.ts';
import type { JsonObject } from '../../platform/index.ts';
import { extractIdentifiers, namespaceOf } from './extractIdentifiers.ts';
import { defaultNamespaces, identifierKey } from './identifier.ts';

const workspace: WorkspaceContext = {
  id: 1,
  baseCurrency: 'EUR',
  country: 'FR',
  rates: { convert: () => null },
  sources: new Map([[2, { id: 2, priority: 100, site: '', country: 'GB', currency: 'GBP' }]]),
};
const extract = (event: JsonObject, blocked: readonly string[] = []) => {
  const read = readEvent({ event: { messageId: 'm', ...event }, receivedAt: new Date(), keep: false }, 2);
  if ('reason' in read) throw new Error(read.detail);
  return extractIdentifiers(read, workspace, defaultNamespaces, new Set(blocked));
};
const shown = (event: JsonObject, blocked: readonly string[] = []): string[] =>
  extract(event, blocked).identifiers.map(
    ({ namespace, value, shared }) => `${namespace}:${value}${shared ? ' shared' : ''}`,
  );

describe('the identifiers of an event', () => {
  it('come from ids, traits and external ids, strongest first, each once', () => {
    expect(
      shown({
        type: 'identify',
        anonymousId: 'a',
        userId: 'u',
        traits: { email: 'Z@Example.fr', phone: '07911 123456', loyaltyCard: 'L1' },
        context: { externalIds: [{ type: 'Shopify', id: 99 }, { type: 'email', id: 'z@example.fr' }, 'x', { id: 1 }] },
      }),
    ).toEqual([
      'user_id:u',
      'loyalty_card:L1',
      'shopify_id:99',
      'email:z@example.fr',
      'phone:+447911123456',
      'anonymous_id:a',
    ]);
  });

  it('leave traits of other calls alone, but believe context.traits', () => {
    expect(shown({ type: 'track', event: 'A', userId: 'u', traits: { email: 'no@example.fr' } })).toEqual([
      'user_id:u',
    ]);
    expect(
      shown({ type: 'track', event: 'A', userId: 'u', context: { traits: { email: 'yes@example.fr' } } }),
    ).toContain('email:yes@example.fr');
  });

  it('leave out what is nobody: built-in junk and what the workspace blocked', () => {
    const junk = {
      type: 'identify',
      userId: 'null',
      anonymousId: 'undefined',
      traits: { email: 'test@test.com', phone: '0000000000', loyaltyCard: '00000000' },
    };
    expect(shown(junk)).toEqual([]);
    expect(shown({ type: 'page', anonymousId: 'kiosk' }, [identifierKey('anonymous_id', 'kiosk')])).toEqual([]);
  });

  it('mark a household line as shared', () => {
    expect(shown({ type: 'identify', traits: { phone: '020 7946 0000' } })).toEqual(['phone:+442079460000 shared']);
  });

  it('know a browser by its push subscription, in one form, long as it is', () => {
    const endpoint = `https://push.example/send/${'e'.repeat(400)}`;
    const keys = { auth: 'a'.repeat(22), p256dh: 'p'.repeat(87) };
    const known = (id: unknown): string[] => {
      const { identifiers, unusable } = extract({
        type: 'track',
        event: 'Push Subscribed',
        anonymousId: 'a',
        context: { externalIds: [{ type: 'webpush', id: typeof id === 'string' ? id : JSON.stringify(id) }] },
      });
      return [
        ...identifiers.map(({ namespace, value }) => `${namespace}:${value}`),
        ...unusable.map((each) => `no ${each}`),
      ];
    };
    const kept = `webpush:{"endpoint":"${endpoint}","keys":{"p256dh":"${keys.p256dh}","auth":"${keys.auth}"}}`;
    expect(known({ keys, expirationTime: null, endpoint })).toEqual([kept, 'anonymous_id:a']);
    // Cut off, too long, of no web server, without keys that can encrypt, or none at all.
    for (const wrong of [
      JSON.stringify({ endpoint, keys }).slice(0, -3),
      { endpoint: `https://push.example/${'e'.repeat(1_000)}`, keys },
      { endpoint: 'ftp://push.example/1', keys },
      { endpoint, keys: { ...keys, auth: 'short' } },
      'null',
    ])
      expect(known(wrong).filter((each) => each.startsWith('webpush'))).toEqual([]);
  });

  it('name the values that could not be read', () => {
    expect(extract({ type: 'identify', userId: 'u', traits: { email: 'nope', phone: '12' } }).unusable).toEqual([
      'email',
      'phone',
    ]);
  });
});

it('names a namespace after any system', () => {
  expect(['Shopify', 'crm_id', 'Sales Force!', 'ga:client', '§§'].map(namespaceOf)).toEqual([
    'shopify_id',
    'crm_id',
    'sales_force_id',
    'ga_client_id',
    '',
  ]);
});
