import { describe, expect, it } from 'vitest';
import { Payload } from './payload.ts';

const textOf = (lines: readonly string[], expectedBytes: number): string => {
  const payload = new Payload(expectedBytes);
  for (const line of lines) payload.add(line);
  return payload.toShipment('events').payload.toString('utf8');
};

describe('a payload', () => {
  it('holds its lines with a line feed between them, whatever their letters', () => {
    const lines = ['{"a":1}', '{"name":"Zoé 😀 ž"}', '', '{"b":2}'];
    expect(textOf(lines, 1_000)).toBe(lines.join('\n'));
  });

  it('grows when more comes than was expected', () => {
    const lines = Array.from({ length: 300 }, (_, index) => `${index} ${'é€😀'.repeat(index)}`);
    expect(textOf(lines, 10)).toBe(lines.join('\n'));
  });

  it('counts its rows and is empty without any', () => {
    const payload = new Payload(0);
    expect(payload.toShipment('events')).toMatchObject({ table: 'events', rows: 0 });
    payload.add('{}');
    payload.add('{}');
    expect(payload.toShipment('events')).toMatchObject({ rows: 2, payload: Buffer.from('{}\n{}') });
  });
});
