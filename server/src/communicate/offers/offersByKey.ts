import type { Pg } from '../../platform/index.ts';
import { claimOffer } from './claimOffer.ts';
import { readStock } from './sql/offers.pg.ts';

/** By key, how many codes can be given now; null without end. An offer that is not there has none. */
export async function readOfferStock(
  pg: Pg,
  workspace: number,
  keys: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, number | null>> {
  const none = keys.map((key): [string, number | null] => [key, 0]);
  const rows = await pg.rows(readStock, { workspace, keys, now });
  return new Map([...none, ...rows.map(({ key, left }): [string, number | null] => [key, left])]);
}

/** The code of an offer by its key, in the caller's transaction; null when there is none for this person. */
export async function claimByKey(
  tx: Pg,
  claim: {
    readonly workspace: number;
    readonly offer: string;
    readonly profile: number;
    readonly key: string;
    readonly now: Date;
  },
): Promise<string | null> {
  const [row] = await tx.rows(readStock, { workspace: claim.workspace, keys: [claim.offer], now: claim.now });
  return row === undefined ? null : (await claimOffer(tx, { ...claim, offer: String(row.id) })).code;
}
