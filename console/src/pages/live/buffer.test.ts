import { describe, expect, it } from 'vitest';
import { bufferLimit, emptyBuffer, feedReducer } from './buffer.ts';

const event = (name: string) => ({ at: '', type: 'track', event: name, sourceId: 1, profileId: null, messageId: null });

describe('the live list', () => {
  it('puts the newest first and tells alike events apart', () => {
    const one = feedReducer(emptyBuffer, { kind: 'add', events: [event('a'), event('b')] });
    const two = feedReducer(one, { kind: 'add', events: [event('b')] });
    expect(two.rows.map((row) => row.event)).toEqual(['b', 'b', 'a']);
    expect(new Set(two.rows.map((row) => row.key)).size).toBe(3);
  });

  it('holds only so many and still counts all', () => {
    const many = feedReducer(emptyBuffer, { kind: 'add', events: Array.from({ length: 1200 }, () => event('x')) });
    expect(many.rows).toHaveLength(bufferLimit);
    expect(many.seen).toBe(1200);
    expect(feedReducer(many, { kind: 'clear' })).toBe(emptyBuffer);
  });
});
