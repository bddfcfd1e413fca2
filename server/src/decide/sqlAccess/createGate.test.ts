import { describe, expect, it } from 'vitest';
import { createGate } from './createGate.ts';

const staying = new AbortController().signal;

describe('the gate before statements', () => {
  it('lets one in at a time, in the order they came, and sends away who finds the queue full', async () => {
    const gate = createGate(1, 1);
    const first = await gate.enter(staying);
    const order: string[] = [];
    const second = gate.enter(staying).then((leave) => {
      order.push('second');
      return leave;
    });
    expect(await gate.enter(staying)).toBeNull();
    expect(order).toEqual([]);
    first?.();
    first?.();
    (await second)?.();
    expect(order).toEqual(['second']);
    expect(await gate.enter(staying)).not.toBeNull();
  });

  it('forgets who left the queue', async () => {
    const gate = createGate(1, 1);
    const first = await gate.enter(staying);
    const leaving = new AbortController();
    const second = gate.enter(leaving.signal);
    leaving.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    const third = gate.enter(staying);
    first?.();
    expect(await third).not.toBeNull();
  });
});
