import { setTimeout as pause } from 'node:timers/promises';
import { readCpu } from './processTree.ts';
import type { BenchServer } from './server.ts';

/** Share of one core that the whole process tree uses while nothing happens, in percent. */
export async function benchIdle(server: BenchServer, seconds: number): Promise<number> {
  // What the start or the last load left to do (merges, vacuum) is not idling.
  await pause(10_000);
  const before = readCpu(server.pid);
  await pause(seconds * 1_000);
  const after = readCpu(server.pid);
  return ((after.node + after.postgres - before.node - before.postgres) / seconds) * 100;
}
