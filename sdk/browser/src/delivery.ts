/** What the server's answer means for the events of a request. */
export type Verdict =
  | { readonly kind: 'done' }
  /** Send the same again, not before so many milliseconds; null leaves that to us. */
  | { readonly kind: 'again'; readonly afterMs: number | null }
  /** Nothing of it was kept and never will be; `indexes` are the wrong events, all of them when empty. */
  | { readonly kind: 'refused'; readonly status: number; readonly indexes: readonly number[] };

const longestWaitMs = 300_000;

export function judge(status: number, retryAfter: string | null, body: string): Verdict {
  if (status < 400) return { kind: 'done' };
  if (status >= 500 || status === 408 || status === 429 || status === 460) {
    const seconds = Number(retryAfter);
    return { kind: 'again', afterMs: seconds > 0 ? Math.min(seconds * 1_000, longestWaitMs) : null };
  }
  let indexes: number[] = [];
  try {
    indexes = JSON.parse(body).indexes.filter(Number.isInteger);
  } catch {
    // Not our server's words: all of it is refused.
  }
  return { kind: 'refused', status, indexes };
}

/** Half a second, doubled at each failure up to half a minute, less up to a third by chance so that pages part ways. */
export const backOff = (failures: number, chance: number): number =>
  Math.min(500 * 2 ** Math.min(failures - 1, 10), 30_000) * (1 - chance / 3);

export const byteLength = (text: string): number => new TextEncoder().encode(text).length;

/** As many of the first as fit, at least one. */
export function takeBatch<T extends { readonly text: string }>(
  waiting: readonly T[],
  maxBytes: number,
  most = 100,
): T[] {
  let left = maxBytes;
  return waiting.filter(({ text }, index) => {
    left -= byteLength(text) + 1;
    return index === 0 || (left >= 0 && index < most);
  });
}
