import type { GateReason } from '@vitrail/contracts';

/** What the gate says of one message. */
export const verdicts = ['yes', 'wait', 'hold', 'skip'] as const;
export type Verdict = (typeof verdicts)[number];

/** What keeps a message back beside the gate's own reasons: its campaign, its journey. */
export const originReasons = ['paused', 'campaign_cancelled', 'journey_ended'] as const;

export interface Decision {
  readonly id: number;
  /** The customer's root now; null when the person was erased. */
  readonly root: number | null;
  readonly verdict: Verdict;
  readonly reason: GateReason | (typeof originReasons)[number] | null;
  /** Of `wait`: when it will be asked again. */
  readonly until: Date | null;
  /** Of `yes`: where it goes. */
  readonly address: string | null;
}
