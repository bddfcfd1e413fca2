import { describe, expect, it } from 'vitest';
import { definitionOf, draftOf, newSignal, nextKey, signalKinds, startDefinition } from './draft.ts';

const names = { visits: 'Visits', carts: 'Carts', orders: 'Orders', cold: 'Cold', warm: 'Warm', hot: 'Hot' };

describe('a score being written', () => {
  it('begins as a definition that can be asked, and stays the same through the editor', () => {
    const start = startDefinition(names);
    expect(definitionOf({ ...start, signals: draftOf(start) })).toEqual(start);
  });

  it('adds signals of every kind under keys of their own', () => {
    const signals = draftOf(startDefinition(names));
    const key = nextKey(signals);
    expect(signals.map((one) => one.key)).not.toContain(key);
    for (const kind of signalKinds) {
      const { points } = newSignal(kind, 'Signal');
      expect(points).toBeGreaterThan(0);
    }
  });

  it('waits while something is missing or contradicts itself', () => {
    const start = startDefinition(names);
    const signals = draftOf(start);
    expect(definitionOf({ ...start, signals: [] })).toBeNull();
    expect(definitionOf({ ...start, signals, min: 10, max: 5 })).toBeNull();
    expect(
      definitionOf({ ...start, signals: [...signals, { key: 9, signal: newSignal('trait', 'City') }] }),
    ).toBeNull();
    expect(
      definitionOf({
        ...start,
        signals,
        levels: [
          { name: 'A', from: 2 },
          { name: 'B', from: 1 },
        ],
      }),
    ).toBeNull();
  });
});
