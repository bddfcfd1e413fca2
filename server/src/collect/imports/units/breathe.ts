import { setImmediate as nextTurn } from 'node:timers/promises';

/** Long loops call this often; every few milliseconds it lets the event loop take a turn, so that the server answers. */
export function breather(milliseconds = 4): () => Promise<void> | null {
  let last = performance.now();
  return () => {
    if (performance.now() - last < milliseconds) return null;
    return nextTurn(undefined).then(() => {
      last = performance.now();
    });
  };
}
