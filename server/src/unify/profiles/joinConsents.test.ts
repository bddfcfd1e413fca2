import { describe, expect, test } from 'vitest';
import type { Consent } from './foldTraits.ts';
import { type ConsentRow, joinConsents } from './joinConsents.ts';

const consent = (granted: boolean, at: string): Consent => ({ granted, at, source: 1 });
const row = (id: number, consents: Record<string, Consent>, merge: ConsentRow['merge'] = null): ConsentRow => ({
  id,
  consents: new Map(Object.entries(consents)),
  merge,
});
const granted = (rows: readonly ConsentRow[]): Record<string, boolean> =>
  Object.fromEntries([...joinConsents(rows)].map(([purpose, value]) => [purpose, value.granted]));

describe('consents of a customer made of several rows', () => {
  test('what identifiers joined is one person: the newest statement counts', () => {
    const rows = [
      row(1, { email: consent(false, '2026-01-01') }),
      row(2, { email: consent(true, '2026-02-01') }, { winnerId: 1, at: '2026-03-01', certain: true }),
    ];
    expect(granted(rows)).toEqual({ email: true });
  });

  test('after a probable merge a refusal on either side counts, even an older one', () => {
    const merge = { winnerId: 1, at: '2026-03-01', certain: false };
    expect(
      granted([row(1, { email: consent(false, '2026-01-01') }), row(2, { email: consent(true, '2026-02-01') }, merge)]),
    ).toEqual({ email: false });
    expect(
      granted([row(1, { email: consent(true, '2026-02-01') }), row(2, { email: consent(false, '2026-01-01') }, merge)]),
    ).toEqual({ email: false });
  });

  test('what only one side states is kept, and agreement stays agreement', () => {
    const merge = { winnerId: 1, at: '2026-03-01', certain: false };
    const rows = [
      row(1, { email: consent(true, '2026-01-01'), sms: consent(true, '2026-01-01') }),
      row(2, { email: consent(true, '2026-02-01'), ads: consent(false, '2026-01-01') }, merge),
    ];
    expect(granted(rows)).toEqual({ email: true, sms: true, ads: false });
  });

  test('a customer who grants again after the merge has granted', () => {
    const merge = { winnerId: 1, at: '2026-03-01', certain: false };
    const rows = [
      row(1, { email: consent(false, '2026-01-01') }),
      row(2, { email: consent(true, '2026-03-02') }, merge),
    ];
    expect(granted(rows)).toEqual({ email: true });
    expect(granted([row(1, { email: consent(false, '2026-03-03') }), rows[1] ?? row(2, {})])).toEqual({ email: false });
  });

  test('within each side of a probable merge the newest statement stands for that side', () => {
    const rows = [
      row(1, { email: consent(false, '2026-01-01') }),
      row(2, { email: consent(true, '2026-01-15') }, { winnerId: 1, at: '2026-01-20', certain: true }),
      row(3, { email: consent(true, '2026-02-01') }, { winnerId: 1, at: '2026-03-01', certain: false }),
    ];
    expect(granted(rows)).toEqual({ email: true });
  });
});
