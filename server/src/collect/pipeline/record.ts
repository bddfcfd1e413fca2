import type { JsonObject } from '../../platform/index.ts';

/** One record as it came in, before anything is believed about it. */
export interface SourceRecord {
  /** A Segment-shaped call. */
  readonly event: JsonObject;
  readonly receivedAt: Date;
  /** When the client sent it, by the client's clock: corrects skew. */
  readonly sentAt?: Date | null;
  readonly ip?: string | null;
  readonly userAgent?: string | null;
  /** The type the path gave (`/v1/track`), for bodies that leave it out. */
  readonly typeHint?: string | null;
  /** Used when the record has no `messageId`: stable, so that a repeated batch finds the same id. */
  readonly fallbackId?: string;
  /** Remember its message id for ever (imports), so that the same file again changes nothing. */
  readonly keep: boolean;
}

/** A record and the source it came from. */
export interface SourcedRecord extends SourceRecord {
  readonly sourceId: number;
}

export const eventTypes = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
export type EventType = (typeof eventTypes)[number];

/** A record read, dated and cleaned: what every later step works on. Absent texts are ''. */
export interface CollectedEvent {
  readonly messageId: string;
  readonly type: EventType;
  /** Track: its name. Page and screen: the page's name. Else ''. */
  readonly event: string;
  readonly sourceId: number;
  /** Corrected for clock skew, and never implausible: this is when it happened. */
  readonly timestamp: Date;
  readonly originalTimestamp: Date | null;
  readonly sentAt: Date | null;
  readonly receivedAt: Date;
  readonly userId: string;
  readonly anonymousId: string;
  readonly previousId: string;
  readonly groupId: string;
  readonly properties: JsonObject;
  readonly traits: JsonObject;
  readonly context: JsonObject;
  /** Every other top-level field, so that the whole record can be put together again. */
  readonly extra: JsonObject;
  readonly userAgent: string;
  readonly keep: boolean;
}

/** Why an accepted record was not kept. Closed: the console explains each one. */
export const dropReasons = [
  /** Not a call we know, or a part of it has the wrong shape. */
  'invalid',
  /** The tracking plan blocks it. */
  'plan',
  /** Its message id was seen before. Counted, not stored: the first one is there. */
  'duplicate',
  /** Nothing in it says whose it is. */
  'no_identifier',
  /** Its person was erased and stays erased. Counted, not stored. */
  'erased',
  /** A fault of ours: processing it failed again and again. Kept whole, for replay. */
  'failed',
] as const;
export type DropReason = (typeof dropReasons)[number];

export interface Drop {
  readonly reason: DropReason;
  /** For a person: what exactly was wrong. Without personal data. */
  readonly detail: string;
}

export type RecordOutcome =
  | { kind: 'accepted' }
  | { kind: 'duplicate' }
  | { kind: 'dropped'; reason: string; detail: string };
