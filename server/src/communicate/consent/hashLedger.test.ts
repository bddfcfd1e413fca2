import { describe, expect, it } from 'vitest';
import {
  chainStart,
  createLedgerChecker,
  hashContent,
  hashLink,
  type LedgerContent,
  type LedgerRow,
} from './hashLedger.ts';

const workspace = 5;
const salt = Buffer.alloc(16, 3);
const entry = (id: number, overrides: Partial<LedgerContent> = {}): LedgerContent => ({
  id,
  profile: 40 + id,
  purpose: 'marketing',
  channel: 'email',
  state: 'granted',
  basis: 'consent',
  at: new Date('2026-05-04T10:00:00.000Z'),
  recordedAt: new Date('2026-05-04T10:00:01.000Z'),
  expiresAt: null,
  source: 'api',
  actor: 'key:1',
  proof: { text: 'Oui', page: 'https://shop.example/' },
  ...overrides,
});

function chain(contents: readonly LedgerContent[]): LedgerRow[] {
  let previous = chainStart(workspace);
  return contents.map((content) => {
    const contentHash = hashContent(salt, content);
    previous = hashLink(previous, contentHash);
    return { ...content, salt, contentHash, hash: previous };
  });
}
const check = (rows: readonly LedgerRow[], of = workspace) => {
  const checker = createLedgerChecker(of);
  checker.add(rows);
  return checker.result();
};
const rows = chain([1, 2, 3, 4, 5].map((id) => entry(id)));
const without = (index: number): LedgerRow[] => rows.filter((_, position) => position !== index);
const changed = (index: number, change: Partial<LedgerRow>): LedgerRow[] =>
  rows.map((row, position) => (position === index ? { ...row, ...change } : row));

describe('the chain of the ledger', () => {
  it('holds for what was written, in pages of any size', () => {
    const checker = createLedgerChecker(workspace);
    for (const row of rows) checker.add([row]);
    expect(checker.result()).toEqual({ entries: 5, erased: 0, brokenAt: null });
  });

  it.each<[string, LedgerRow[], number]>([
    ['a changed answer', changed(1, { state: 'denied' }), 2],
    ['a changed moment', changed(2, { at: new Date('2020-01-01') }), 3],
    ['a changed proof', changed(3, { proof: { text: 'Non' } }), 4],
    ['an entry of another person', changed(0, { profile: 99 }), 1],
    ['a missing entry', without(2), 4],
    ['a missing beginning', without(0), 2],
    ['entries in another order', [...rows.slice(0, 1), ...rows.slice(2, 3), ...rows.slice(1, 2), ...rows.slice(3)], 3],
    [
      'a content hash made to fit',
      changed(1, { state: 'denied', contentHash: hashContent(salt, entry(2, { state: 'denied' })) }),
      2,
    ],
  ])('shows %s', (_, tampered, at) => {
    expect(check(tampered).brokenAt).toBe(at);
  });

  it('holds after a person was erased, and shows one that was put in their place', () => {
    const gone = { profile: 0, actor: '', proof: {}, salt: null };
    expect(check(changed(2, gone))).toEqual({ entries: 5, erased: 1, brokenAt: null });
    expect(check(changed(2, { ...gone, contentHash: Buffer.alloc(32) })).brokenAt).toBe(3);
  });

  it('belongs to one workspace', () => {
    expect(check(rows, 6).brokenAt).toBe(1);
  });

  it('reads the proof whatever order its keys come back in', () => {
    const a = hashContent(salt, entry(1, { proof: { text: 'a', page: 'b', version: '1' } }));
    expect(hashContent(salt, entry(1, { proof: { version: '1', page: 'b', text: 'a' } })).equals(a)).toBe(true);
  });
});
