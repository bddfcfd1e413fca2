/**
 * How often small batches may follow each other. A batch costs some thirty statements and four synced writes, whether
 * of one event or of hundreds: at 1,000 events a second, batches that follow each other at once are thirty-five a second
 * and keep a core busy with next to nothing (docs/adr/0030). So many may come at once, then one every so often; a batch
 * large enough to be worth its cost is not counted.
 */
const spacingMs = 200;
const burst = 10;
const worthItsCost = 500;

export interface BatchPace {
  /** A batch of `events` was worked off: milliseconds to wait before the next. */
  restAfter(events: number): number;
}

/** `now` counts milliseconds, steadily. */
export function createBatchPace(now: () => number): BatchPace {
  let credit = burst;
  let countedAt = now();
  return {
    restAfter(events) {
      const at = now();
      credit = Math.min(burst, credit + (at - countedAt) / spacingMs);
      countedAt = at;
      if (events >= worthItsCost) return 0;
      credit -= 1;
      return credit >= 0 ? 0 : -credit * spacingMs;
    },
  };
}
