import { createHash } from 'node:crypto';
import cronParser from 'cron-parser';

/** A tick that was missed while nobody ran is made up for when it is not older than this. */
const oldestTickMs = 3_600_000;

/** The last moment, up to `now`, at which `cron` (UTC) fired; null when that is too long ago. Throws on a bad expression. */
export function dueTick(cron: string, now: Date): Date | null {
  // `prev` is exclusive: a tick exactly now counts too.
  const currentDate = new Date(now.getTime() + 1);
  const tick = cronParser.parseExpression(cron, { tz: 'UTC', currentDate }).prev().toDate();
  return now.getTime() - tick.getTime() <= oldestTickMs ? tick : null;
}

/** The same job id for the same tick in every process, so that it is queued once. */
export function tickId(name: string, tick: Date): string {
  const hex = createHash('sha256').update(`${name} ${tick.toISOString()}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
