import type { ConsentProof } from '@vitrail/contracts';
import type { Pg } from '../../platform/index.ts';

/** What capture needs of the rooms beside this one: consents and offers. Handed in by `app/`. */
export interface CaptureDesk {
  /** Asks a person to confirm, in the caller's transaction. Repeatable. */
  ask(
    tx: Pg,
    question: {
      readonly workspace: number;
      readonly now: Date;
      /** The profile row that holds the address. */
      readonly profile: number;
      readonly purpose: string;
      readonly channel: 'email' | 'sms';
      readonly at: Date;
      readonly proof: ConsentProof;
    },
  ): Promise<{ readonly state: 'asked' | 'granted' | 'no_address'; readonly entry: number | null }>;
  /** A code of the offer with this key, in the caller's transaction; the same for the same `key`. Null: there is none. */
  claim(
    tx: Pg,
    claim: {
      readonly workspace: number;
      readonly offer: string;
      readonly profile: number;
      readonly key: string;
      readonly now: Date;
    },
  ): Promise<string | null>;
  /** By key of the offer, how many codes can be given now: null without end, 0 for one that does not run or is not there. */
  stock(pg: Pg, workspace: number, offers: readonly string[], now: Date): Promise<ReadonlyMap<string, number | null>>;
  /** An address without the part that tells a household. */
  shortenIp(ip: string): string;
}
