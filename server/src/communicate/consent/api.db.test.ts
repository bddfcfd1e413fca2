import { describe, expect, it } from 'vitest';
import { useConsentPages } from '../../../test/consentPages.ts';
import { encodeProfileId } from '../../collect/index.ts';

const { stores, current, shop, app, addressOf, api, consents, why } = useConsentPages();

describe('the API', () => {
  it('records for an id or an identifier, one or many, and says what it could not', async () => {
    const id = encodeProfileId(current.profile);
    const answer = await api('POST', 'consents', {
      items: [
        { profile: id, purpose: 'marketing', channel: 'sms', state: 'granted', basis: 'soft_opt_in' },
        { identifier: 'email:nobody@example.fr', purpose: 'marketing', state: 'denied' },
        { profile: id, purpose: 'marketing', channel: 'whatsapp', state: 'pending' },
        { profile: id, purpose: 'analytics', state: 'granted', at: '2090-01-01T00:00:00Z' },
      ],
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.json().items).toMatchObject([
      { state: 'granted', recorded: true, problem: null },
      { problem: 'profile_not_found' },
      { problem: 'cannot_ask' },
      { problem: 'in_the_future' },
    ]);
    expect(await why('sms')).toBe('soft_opt_in');
  });

  it('repeats a keyed statement without writing it twice', async () => {
    const body = {
      profile: encodeProfileId(current.profile),
      purpose: 'marketing',
      channel: 'email',
      state: 'denied',
      key: `k${current.people}`,
    };
    const [first, second] = [await api('POST', 'consents', body), await api('POST', 'consents', body)].map(
      (answer) => answer.json().items[0],
    );
    expect(second).toEqual({ ...first, recorded: false });
  });

  it.each<[string, object, number]>([
    ['an unknown person', { identifier: 'email:nobody@example.fr', purpose: 'marketing', state: 'denied' }, 404],
    ['an unknown purpose', { identifier: 'email:p1@example.fr', purpose: 'parties', state: 'denied' }, 400],
    ['nobody at all', { purpose: 'marketing', state: 'denied' }, 400],
    ['a state that is none', { identifier: 'email:p1@example.fr', purpose: 'marketing', state: 'maybe' }, 400],
  ])('refuses %s', async (_, body, status) => {
    expect((await api('POST', 'consents', body)).statusCode).toBe(status);
  });

  it('exports the ledger line by line and checks its chain', async () => {
    const exported = await api('GET', 'consents/export');
    expect(exported.headers['content-type']).toContain('application/x-ndjson');
    const lines = exported.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const check = (await api('GET', 'consents/check')).json();
    expect(check).toMatchObject({ ok: true, entries: lines.length });
    expect(lines[0]).toMatchObject({ purpose: 'marketing', hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('lets a workspace add purposes and categories, which count for what was said before', async () => {
    await shop().send({
      type: 'identify',
      userId: `u${current.people}`,
      context: { consent: { categoryPreferences: { magazine: true } } },
    });
    const { items } = (await api('GET', 'purposes')).json();
    const magazine = {
      name: 'magazine',
      categories: [{ name: 'Magazine', channel: 'email' }],
      bases: { '*': ['consent'] },
      expiresMonths: 12,
    };
    const own = items.map(({ builtIn: _, ...purpose }: { builtIn: boolean }) => purpose);
    const saved = await api('PUT', 'purposes', { items: [...own, magazine] });
    expect(saved.statusCode).toBe(200);
    const { sweepConsents } = await import('./deriveConsents.ts');
    await sweepConsents(stores, new AbortController().signal);
    expect(await why('email', 'magazine')).toBe('granted');
    stores.clock.advance(400 * 86_400_000);
    expect(await why('email', 'magazine')).toBe('expired');
    await api('PUT', 'purposes', { items: own });
    expect((await api('GET', 'purposes')).json().items).toHaveLength(5);
  });

  it('keeps a list of addresses nothing goes to', async () => {
    const address = addressOf();
    expect((await api('POST', 'suppressions', { channel: 'email', value: address.toUpperCase() })).statusCode).toBe(
      204,
    );
    expect((await api('POST', 'suppressions', { channel: 'email', value: address })).statusCode).toBe(204);
    expect((await api('POST', 'suppressions', { channel: 'email', value: 'no address' })).statusCode).toBe(400);
    const found = (await api('GET', `suppressions?q=${address}`)).json();
    expect(found.items).toMatchObject([{ channel: 'email', value: address, reason: 'manual', erased: false }]);
    expect((await consents()).suppressed).toMatchObject([{ channel: 'email', value: address }]);
    expect((await api('POST', 'suppressions/remove', { channel: 'email', value: address })).statusCode).toBe(204);
    expect((await api('POST', 'suppressions/remove', { channel: 'email', value: address })).statusCode).toBe(404);
    const file = `email;date\n${address};2026-01-01\nx${address};2026-01-01\nnobody;2026`;
    const send = () =>
      app().inject({
        method: 'POST',
        url: '/api/v1/suppressions/import',
        headers: { authorization: `Bearer ${shop().secretKey}`, 'content-type': 'text/csv' },
        payload: file,
      });
    expect((await send()).json()).toEqual({ added: 2, known: 0, rejected: [{ line: 4, problem: 'not_an_address' }] });
    expect((await send()).json()).toMatchObject({ added: 0, known: 2 });
  });

  it('pages the list without losing or repeating an address', async () => {
    const file = Array.from({ length: 250 }, (_, index) => `page-${index}@example.fr`).join('\n');
    await app().inject({
      method: 'POST',
      url: '/api/v1/suppressions/import',
      headers: { authorization: `Bearer ${shop().secretKey}`, 'content-type': 'text/csv' },
      payload: file,
    });
    const seen = new Set<string>();
    for (let next: string | null = ''; next !== null; ) {
      const found = await api('GET', `suppressions?q=page-${next === '' ? '' : `&cursor=${next}`}`);
      const answer: { items: { value: string }[]; next: string | null } = found.json();
      for (const item of answer.items) seen.add(item.value);
      next = answer.next;
    }
    expect(seen.size).toBe(250);
  });
});
