import type { Pg } from '../../../platform/index.ts';
import { insertRejects, recordProgress } from '../sql/imports.pg.ts';
import type { Reject } from '../units/unit.ts';
import { type Lease, Stopped } from './lease.ts';
import type { Progress } from './progress.ts';

/** Writes progress and rejected rows in the transaction of the rows themselves. Throws `Stopped` to undo all of it. */
export async function writeProgress(
  tx: Pg,
  lease: Lease,
  from: number,
  after: Progress,
  rejects: readonly Reject[],
  pace: { bytesRead: number; rate: number },
): Promise<void> {
  const { id, worker } = lease;
  const { position, rows, accepted, rejected, duplicates, reasons, notices } = after;
  const counts = { position, rows, accepted, rejected, duplicates, reasons, notices };
  const bytesRead = Math.round(pace.bytesRead);
  if (rejects.length > 0)
    await tx.run(insertRejects, {
      id,
      rows: rejects.map(({ row }) => row),
      reasons: rejects.map(({ reason }) => reason),
      details: rejects.map(({ detail }) => detail),
      records: rejects.map(({ record }) => record),
    });
  const written = await tx.run(recordProgress, { id, worker, from, ...counts, rate: pace.rate, bytesRead });
  if (written === 0) throw new Stopped('the import is no longer ours');
}

/** Rows per second, newer chunks counting more. */
export function createPace(): (rows: number) => number {
  let last = performance.now();
  let rate = 0;
  return (rows) => {
    const now = performance.now();
    const latest = (rows * 1000) / Math.max(now - last, 1);
    last = now;
    rate = rate === 0 ? latest : rate * 0.8 + latest * 0.2;
    return Math.round(rate * 10) / 10;
  };
}
