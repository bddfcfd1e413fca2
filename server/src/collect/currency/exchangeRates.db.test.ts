import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { useApp } from '../../../test/httpApp.ts';
import { useStores } from '../../../test/stores.ts';
import { importRates, installBuiltInRates, loadRates, registerExchangeRateRoutes } from './index.ts';

const deps = useStores();
const http = useApp(deps, { rooms: (app) => registerExchangeRateRoutes(app, deps) });

const daily = 'Date, USD, MAD, \n20 November 2026, 2.0000, 10.0000, \n';

describe('the built-in rates', () => {
  it('are there for every workspace after the start, and a second start writes nothing', async () => {
    const first = await installBuiltInRates(deps.pg);
    expect(first.until).toBe('2026-10-30');
    expect(await installBuiltInRates(deps.pg)).toEqual({ installed: 0, until: '2026-10-30' });
    const workspace = await createWorkspace(deps);
    const rates = await loadRates(deps.pg, workspace.id);
    expect(rates.convert('100', 'USD', 'EUR', '1999-01-04')).toBe('84.8248');
    expect(rates.convert('149.90', 'GBP', 'EUR', '2010-12-01')).toBe('178.6012');
  });

  it('may be put there by two starting processes at once', async () => {
    await expect(Promise.all([installBuiltInRates(deps.pg), installBuiltInRates(deps.pg)])).resolves.toHaveLength(2);
  });
});

describe('an import of rates', () => {
  it('counts for its workspace at once, above the built-in rates, and for no other', async () => {
    await installBuiltInRates(deps.pg);
    const mine = await createWorkspace(deps);
    const other = await createWorkspace(deps);
    const before = await loadRates(deps.pg, mine.id);
    expect(before.convert('10', 'MAD', 'EUR', '2026-11-21')).toBeNull();

    expect(await importRates(deps.pg, mine.id, daily)).toEqual({
      ok: true,
      changed: 2,
      quotes: 2,
      firstDay: '2026-11-20',
      lastDay: '2026-11-20',
    });
    const after = await loadRates(deps.pg, mine.id);
    expect(after.convert('10', 'MAD', 'EUR', '2026-11-21')).toBe('1.0000');
    expect(after.convert('10', 'USD', 'EUR', '2026-11-21')).toBe('5.0000');
    expect(after.convert('1.1172', 'USD', 'EUR', '2026-11-19')).toBe('1.0000');
    const others = await loadRates(deps.pg, other.id);
    expect(others.convert('10', 'MAD', 'EUR', '2026-11-21')).toBeNull();
    expect(others.convert('1.1172', 'USD', 'EUR', '2026-11-21')).toBe('1.0000');
  });

  it('of the same file again changes nothing, and what was read stays in memory', async () => {
    const { id } = await createWorkspace(deps);
    await importRates(deps.pg, id, daily);
    const rates = await loadRates(deps.pg, id);
    expect(await importRates(deps.pg, id, daily)).toMatchObject({ ok: true, changed: 0 });
    expect(await loadRates(deps.pg, id)).toBe(rates);
  });

  it('with one bad line keeps nothing', async () => {
    const { id } = await createWorkspace(deps);
    expect(await importRates(deps.pg, id, 'Date,USD\n2026-11-20,2\n2026-11-19,abc\n')).toEqual({
      ok: false,
      reason: 'bad_rate',
      line: 3,
    });
    expect((await loadRates(deps.pg, id)).convert('1', 'MAD', 'EUR', '2026-11-20')).toBeNull();
  });
});

describe('the routes', () => {
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

  it('import a CSV, list the last rate of every currency and the history of one', async () => {
    await installBuiltInRates(deps.pg);
    const { secretKey } = await createWorkspace(deps, { scopes: ['settings.read', 'settings.write'] });
    const imported = await http.app.inject({
      method: 'POST',
      url: '/api/v1/exchange-rates',
      headers: { ...bearer(secretKey), 'content-type': 'text/csv' },
      payload: daily,
    });
    expect(imported.json()).toEqual({ changed: 2, quotes: 2, firstDay: '2026-11-20', lastDay: '2026-11-20' });
    const latest = await http.app.inject({ url: '/api/v1/exchange-rates', headers: bearer(secretKey) });
    expect(latest.json().items).toContainEqual({
      currency: 'USD',
      day: '2026-11-20',
      perEuro: '2.00000000',
      source: 'European Central Bank, until 2026-11-20',
    });
    expect(latest.json().items).toContainEqual(
      expect.objectContaining({ currency: 'GBP', day: '2026-10-30', perEuro: '0.83380000' }),
    );

    const days: string[] = [];
    let cursor = '';
    for (let page = 0; page < 3; page++) {
      const { items, next } = (
        await http.app.inject({
          url: `/api/v1/exchange-rates?currency=USD&limit=2${cursor}`,
          headers: bearer(secretKey),
        })
      ).json();
      for (const { day } of items) days.push(day);
      cursor = `&cursor=${next}`;
    }
    expect(days).toEqual(['2026-11-20', '2026-10-30', '2026-10-26', '2026-10-19', '2026-10-12', '2026-10-05']);
  });

  it('say what is wrong with a file', async () => {
    const { secretKey } = await createWorkspace(deps, { scopes: ['settings.write'] });
    const refused = await http.app.inject({
      method: 'POST',
      url: '/api/v1/exchange-rates',
      headers: { ...bearer(secretKey), 'content-type': 'text/csv' },
      payload: 'currency;rate\nUSD;1\n',
    });
    expect(refused.statusCode).toBe(400);
    expect(refused.json()).toMatchObject({ code: 'collect.rates_refused', reason: 'no_header', line: 1 });
  });

  it('refuse who may not change settings', async () => {
    const { secretKey } = await createWorkspace(deps, { scopes: ['settings.read'] });
    const refused = await http.app.inject({
      method: 'POST',
      url: '/api/v1/exchange-rates',
      headers: { ...bearer(secretKey), 'content-type': 'text/csv' },
      payload: daily,
    });
    expect(refused.statusCode).toBe(403);
  });
});
