import { describe, expect, it } from 'vitest';
import { type ConsentStateRow, standingOf } from './standing.ts';

const now = new Date('2026-06-01T00:00:00.000Z');
let entries = 0;
const row = (state: string, at: string, overrides: Partial<ConsentStateRow> = {}): ConsentStateRow => ({
  purpose: 'marketing',
  channel: 'email',
  consent_id: ++entries,
  state,
  basis: 'consent',
  at: new Date(at),
  expires_at: null,
  source: 'api',
  ...overrides,
});
const ask = (rows: readonly ConsentStateRow[], channel = 'email', doubtedAt: Date | null = null) => {
  const { state, allowed, why } = standingOf(
    { rows, doubtedAt },
    {
      purpose: 'marketing',
      channel,
      bases: ['consent', 'soft_opt_in'],
      now,
    },
  );
  return { state, allowed, why };
};

describe('whether a customer allows something', () => {
  it.each([
    ['nothing was ever said', [], { state: 'unknown', allowed: false, why: 'never_asked' }],
    ['they said yes', [row('granted', '2026-01-01')], { state: 'granted', allowed: true, why: 'granted' }],
    [
      'they said no after a yes',
      [row('granted', '2026-01-01'), row('denied', '2026-02-01')],
      { state: 'denied', allowed: false, why: 'refused' },
    ],
    [
      'they said yes after a no',
      [row('denied', '2026-01-01'), row('granted', '2026-02-01')],
      { state: 'granted', allowed: true, why: 'granted' },
    ],
    [
      'yes and no came at the same instant',
      [row('denied', '2026-01-01'), row('granted', '2026-01-01')],
      { state: 'denied', allowed: false, why: 'refused' },
    ],
    [
      'they have not confirmed',
      [row('pending', '2026-01-01')],
      { state: 'pending', allowed: false, why: 'not_confirmed' },
    ],
    [
      'the yes has ended',
      [row('granted', '2025-01-01', { expires_at: now })],
      { state: 'expired', allowed: false, why: 'expired' },
    ],
    [
      'they pause',
      [row('denied', '2026-05-20', { expires_at: new Date('2026-06-20') })],
      { state: 'paused', allowed: false, why: 'paused' },
    ],
    [
      'a pause is over and nobody has resumed it yet',
      [row('denied', '2026-05-01', { expires_at: new Date('2026-05-30') })],
      { state: 'paused', allowed: false, why: 'paused' },
    ],
    [
      'they bought something',
      [row('granted', '2026-01-01', { basis: 'soft_opt_in' })],
      { state: 'granted', allowed: true, why: 'soft_opt_in' },
    ],
    [
      'the basis is not accepted here',
      [row('granted', '2026-01-01', { basis: 'legitimate_interest' })],
      { state: 'granted', allowed: false, why: 'basis_not_accepted' },
    ],
    [
      'the yes was for another purpose',
      [row('granted', '2026-01-01', { purpose: 'analytics' })],
      { state: 'unknown', allowed: false, why: 'never_asked' },
    ],
    [
      'the yes was for another channel',
      [row('granted', '2026-01-01', { channel: 'sms' })],
      { state: 'unknown', allowed: false, why: 'never_asked' },
    ],
    [
      'an older yes to e-mail meets a newer no to everything',
      [row('granted', '2026-01-01'), row('denied', '2026-02-01', { channel: '' })],
      { state: 'denied', allowed: false, why: 'refused' },
    ],
    [
      'a newer yes to e-mail meets an older no to everything',
      [row('granted', '2026-03-01'), row('denied', '2026-02-01', { channel: '' })],
      { state: 'granted', allowed: true, why: 'granted' },
    ],
  ] as const)('when %s', (_, rows, expected) => {
    expect(ask(rows)).toEqual(expected);
    expect(ask(rows.toReversed())).toEqual(expected);
  });
});

describe('whether a customer who may be two people allows something', () => {
  const merged = new Date('2026-03-01');
  it.each([
    ['an older no counts', [row('denied', '2026-01-01'), row('granted', '2026-02-01')], 'refused'],
    ['a yes after the merge counts', [row('denied', '2026-01-01'), row('granted', '2026-04-01')], 'granted'],
    ['agreement is agreement', [row('granted', '2026-01-01'), row('granted', '2026-02-01')], 'granted'],
    ['a no after the merge counts', [row('granted', '2026-02-01'), row('denied', '2026-04-01')], 'refused'],
  ] as const)('%s', (_, rows, why) => {
    expect(ask(rows, 'email', merged).why).toBe(why);
  });
});
