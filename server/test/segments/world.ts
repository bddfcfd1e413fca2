import type { EventField, SegmentNode } from '@vitrail/contracts';
import type { Json, JsonObject } from '../../src/platform/index.ts';

/** Something a person did, as the evaluator of the tests knows it. Times are milliseconds since 1970. */
export interface PastEvent {
  readonly at: number;
  readonly type: string;
  readonly event: string;
  readonly bot: boolean;
  /** Facts with a column of their own; absent is ''. */
  readonly fields: Partial<Record<EventField, string>>;
  readonly properties: JsonObject;
}

export interface PastLine {
  readonly product: string;
  readonly category: string;
  readonly brand: string;
  readonly quantity: string;
  /** Of one piece, in the base currency; null without a rate. */
  readonly price: string | null;
}

/** Amounts are decimal texts. */
export interface PastOrder {
  readonly id: string;
  readonly at: number;
  readonly status: string;
  readonly site: string;
  readonly channel: string;
  readonly currency: string;
  readonly coupon: string;
  readonly total: string;
  readonly baseTotal: string | null;
  readonly baseRefunded: string;
  readonly discount: string;
  readonly lines: readonly PastLine[];
}

/** A customer: everything known of all the profile rows that are one person now. */
export interface Person {
  /** The root's id. */
  readonly id: number;
  readonly firstSeen: number;
  readonly traits: ReadonlyMap<string, Json>;
  readonly consents: ReadonlyMap<string, boolean>;
  readonly namespaces: ReadonlySet<string>;
  readonly events: readonly PastEvent[];
  readonly orders: readonly PastOrder[];
}

/** What definitions refer to. */
export interface Surroundings {
  readonly zone: string;
  readonly segments: ReadonlyMap<string, SegmentNode | ReadonlySet<number>>;
}
