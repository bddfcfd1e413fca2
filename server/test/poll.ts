import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again until `probe` answers something other than null, undefined or false, and returns it. Fails with the last
 * error of `probe`, or with `what`, when the time is over.
 */
export async function poll<T>(
  what: string,
  probe: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  { timeoutMs = 20_000, everyMs = 20 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
  let last: unknown;
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(everyMs)) {
    try {
      const answer = await probe();
      if (answer !== null && answer !== undefined && answer !== false) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
  }
  throw new Error(`waited ${timeoutMs} ms in vain: ${what}`, { cause: last });
}
