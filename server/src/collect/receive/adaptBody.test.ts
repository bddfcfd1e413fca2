import { describe, expect, it } from 'vitest';
import { adaptJitsu, fillDefaults } from './adaptBody.ts';

const headers = { sentAt: '2026-11-21T10:00:00Z', anonymousId: 'a1' };

describe('fillDefaults', () => {
  const fill = fillDefaults(headers);

  it('fills in what the body does not say', () => {
    expect(fill({ type: 'page' })).toEqual({ type: 'page', ...headers });
    expect(fill({ type: 'page', anonymousId: '', sentAt: null })).toEqual({ type: 'page', ...headers });
    expect(fill({ type: 'page', sentAt: 'then' })).toEqual({ type: 'page', sentAt: 'then', anonymousId: 'a1' });
  });

  it('leaves alone what says everything', () => {
    expect(fill({ type: 'page', anonymousId: 'a2', sentAt: 'then' })).toBeNull();
    expect(fillDefaults({})({ type: 'page' })).toBeNull();
  });

  it('gives the id to the calls of a batch that are nobody’s', () => {
    const batch = [{ type: 'page' }, { type: 'page', userId: 'u1' }, 'broken'];
    expect(fill({ batch })).toEqual({
      batch: [{ type: 'page', anonymousId: 'a1' }, batch[1], 'broken'],
      sentAt: headers.sentAt,
    });
    expect(fill({ batch: [{ type: 'page', userId: 'u1' }], sentAt: 'then' })).toBeNull();
  });
});

describe('adaptJitsu', () => {
  it('puts the name of a page where Segment has it', () => {
    const page = { type: 'page', properties: { name: 'Accueil', url: 'https://shop.example/' } };
    expect(adaptJitsu(page)).toEqual({ ...page, name: 'Accueil' });
  });

  it('leaves every other call alone', () => {
    for (const body of [
      { type: 'page', name: 'Own', properties: { name: 'Other' } },
      { type: 'page', properties: { name: 7 } },
      { type: 'page' },
      { type: 'track', event: 'E', properties: { name: 'Product' } },
    ]) {
      expect(adaptJitsu(body)).toBeNull();
    }
  });
});
