import type { Field, FieldInput, FieldsOutcome } from '../engine/fields.ts';

/** What the thread is asked. `progress` tells which of them it is at: the first unfinished one, where it hangs. */
export interface ThreadRequest {
  readonly id: number;
  readonly key: string;
  /** Left out once the thread has them. */
  readonly fields: readonly Field[] | null;
  readonly inputs: readonly FieldInput[];
}

export interface ThreadAnswer {
  readonly id: number;
  /** Null: the fields were not loaded here any more. */
  readonly outcomes: readonly FieldsOutcome[] | null;
}

/** Shared with the thread: its only number is the message it is at. */
export interface ThreadData {
  readonly progress: SharedArrayBuffer;
}
