import { describe, expect, it } from 'vitest';
import { continueSession, nameOrigin, readSession, writeSession } from './session.ts';

const call = (now: number, origin = '') => ({ now, origin, newId: `s${now}` });

describe('a session', () => {
  const first = continueSession(null, call(1_000_000));

  it('goes on for half an hour after the last call', () => {
    expect(first).toMatchObject({ id: 's1000000', fresh: true });
    const second = continueSession(first, call(1_001_700));
    expect(second).toMatchObject({ id: first.id, fresh: false });
    expect(continueSession(second, call(1_003_500)).id).toBe(first.id);
    expect(continueSession(second, call(1_003_501))).toMatchObject({ id: 's1003501', fresh: true });
  });

  it('begins anew with another campaign, not with a page that names none', () => {
    const letter = continueSession(first, call(1_000_010, 'letter'));
    expect(letter.fresh).toBe(true);
    expect(continueSession(letter, call(1_000_020)).id).toBe(letter.id);
    expect(continueSession(letter, call(1_000_020, 'letter')).id).toBe(letter.id);
    expect(continueSession(letter, call(1_000_020, 'ad')).id).not.toBe(letter.id);
  });

  it('does not last for ever when the clock is put back', () => {
    expect(continueSession(first, call(900_000)).fresh).toBe(true);
  });

  it('is the same after it was written and read', () => {
    const origin = nameOrigin(['source=letter', 'name=été']);
    const session = continueSession(null, call(1_800_000_000, origin));
    expect(readSession(writeSession(session))).toEqual({ ...session, fresh: false });
    for (const text of [null, '', 'x', 'x.?']) expect(readSession(text)).toBeNull();
    expect(nameOrigin([])).toBe('');
    expect(nameOrigin(['source=letter'])).not.toBe(origin);
  });
});
