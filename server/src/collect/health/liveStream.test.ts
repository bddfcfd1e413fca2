import type { LiveEvent } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { createLog, type PgStore } from '../../platform/index.ts';
import { createLiveHub } from './liveHub.ts';
import { openLiveStream } from './liveStream.ts';

/** The outside world of the hub: what PostgreSQL would notify. */
function createNotifier() {
  const handlers = new Set<(payload: string) => void>();
  const pg: Pick<PgStore, 'listen'> = {
    listen: async (_, handler) => {
      handlers.add(handler);
      return async () => void handlers.delete(handler);
    },
  };
  const event: LiveEvent = {
    at: '',
    type: 'track',
    event: 'x'.repeat(1_000),
    sourceId: 1,
    profileId: null,
    messageId: null,
  };
  return {
    hub: createLiveHub({ pg, log: createLog('silent') }),
    listeners: () => handlers.size,
    notify(count: number) {
      const payload = JSON.stringify({
        workspaceId: 1,
        total: count,
        events: Array.from({ length: count }, () => event),
      });
      for (const handler of handlers) handler(payload);
    },
  };
}
const options = { workspaceId: 1, filter: {}, masked: false };
const turn = () => new Promise((resume) => setImmediate(resume));

describe('a live stream', () => {
  it('keeps a bounded amount for a reader that does not read, and tells how much it missed', async () => {
    const { hub, notify } = createNotifier();
    const stream = await openLiveStream(hub, options);
    for (let batch = 0; batch < 100; batch++) notify(20);
    expect(stream.readableLength).toBeLessThan(600_000);

    let text = '';
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    await turn();
    notify(1);
    await turn();
    const got = text.split('data: {"at"').length - 1;
    const missed = Number(/event: missed\ndata: \{"events":(\d+)\}/.exec(text)?.[1]);
    expect(missed).toBeGreaterThan(0);
    expect(got + missed).toBe(2_001);
    stream.destroy();
  });

  it('listens only while somebody watches', async () => {
    const { hub, listeners } = createNotifier();
    expect(listeners()).toBe(0);
    const first = await openLiveStream(hub, options);
    const second = await openLiveStream(hub, options);
    expect(listeners()).toBe(1);
    first.destroy();
    await turn();
    expect(listeners()).toBe(1);
    second.destroy();
    await turn();
    expect(listeners()).toBe(0);
    const third = await openLiveStream(hub, options);
    expect(listeners()).toBe(1);
    third.destroy();
  });

  it('gives signs of life, and ends after its time so that permissions are looked at again', async () => {
    const { hub, listeners } = createNotifier();
    const stream = await openLiveStream(hub, { ...options, heartbeatMs: 5, maxMs: 60 });
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    expect(text).toContain(': still here');
    await turn();
    expect(listeners()).toBe(0);
  });
});
