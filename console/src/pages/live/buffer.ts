import type { LiveEvent } from '@vitrail/contracts';

/** A row of the live list; `key` tells two alike events apart. */
export interface LiveRow extends LiveEvent {
  readonly key: number;
}
interface Buffer {
  readonly rows: readonly LiveRow[];
  /** Seen since the list was begun, those no longer held too. */
  readonly seen: number;
}
type Action = { kind: 'add'; events: readonly LiveEvent[] } | { kind: 'clear' };

/** How many rows are held; older ones fall off. */
export const bufferLimit = 500;
export const emptyBuffer: Buffer = { rows: [], seen: 0 };

export function feedReducer(buffer: Buffer, action: Action): Buffer {
  if (action.kind === 'clear') return emptyBuffer;
  const added = action.events.map((event, at) => ({ ...event, key: buffer.seen + at })).reverse();
  return { rows: [...added, ...buffer.rows].slice(0, bufferLimit), seen: buffer.seen + action.events.length };
}
