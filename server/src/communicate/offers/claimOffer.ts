import type { OfferRequest } from '@vitrail/contracts';
import type { Pg } from '../../platform/index.ts';
import { findRoots } from '../../unify/index.ts';
import { readStored } from './changeOffers.ts';
import { claimCodes } from './coupons.ts';
import { countGiven, findClaims, lockClaims } from './sql/coupons.pg.ts';
import { findOffer, listMembers } from './sql/offers.pg.ts';

export type ClaimRefusal = 'not_running' | 'not_for_them' | 'limit' | 'none_left';

export interface OfferClaim {
  readonly workspace: number;
  /** Id of the offer, as journeys keep it. */
  readonly offer: string;
  /** Any profile row of the customer. */
  readonly profile: number;
  /** Who asks, for ever: asked again, the same code. */
  readonly key: string;
  readonly now: Date;
}

/** Whether an offer runs at a moment. */
export const isRunning = ({ state, startsAt, endsAt }: OfferRequest, now: Date): boolean =>
  state === 'active' && (startsAt === null || new Date(startsAt) <= now) && (endsAt === null || new Date(endsAt) > now);

/** When a code given now ends: after its days, and never after the offer. */
export function codeEnd({ endsAt, limits }: OfferRequest, now: Date): Date | null {
  const ends = [
    ...(limits.codeDays === null ? [] : [now.getTime() + limits.codeDays * 86_400_000]),
    ...(endsAt === null ? [] : [Date.parse(endsAt)]),
  ];
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}

/**
 * The code of an offer for one customer, in the caller's transaction, or why there is none. A claim that was answered once
 * keeps its code, whatever became of the offer since.
 */
export async function claimOffer(
  tx: Pg,
  claim: OfferClaim,
): Promise<{ code: string } | { code: null; reason: ClaimRefusal }> {
  const { workspace, profile, key, now } = claim;
  const id = /^\d{1,9}$/.test(claim.offer) ? Number(claim.offer) : 0;
  const row = await tx.row(findOffer, { workspace, id });
  if (row === null) return { code: null, reason: 'not_running' };
  const offer = readStored(row);
  if (offer.code.kind === 'unique') {
    const [known] = await tx.rows(findClaims, { workspace, pool: offer.code.pool, keys: [key] });
    if (known !== undefined) return { code: known.code };
  }
  if (!isRunning(offer, now)) return { code: null, reason: 'not_running' };
  const [standing] = await tx.rows(findRoots, { workspace, profiles: [profile] });
  if (standing === undefined) return { code: null, reason: 'not_for_them' };
  const segments = offer.segments.map(Number).filter(Number.isInteger);
  if (offer.segments.length > 0) {
    const members = await tx.rows(listMembers, { workspace, roots: [standing.root_id], segments });
    if (members.length === 0) return { code: null, reason: 'not_for_them' };
  }
  if (offer.code.kind === 'shared') return { code: offer.code.code };
  if (offer.code.kind === 'none') return { code: null, reason: 'none_left' };
  const { pool } = offer.code;
  const { total, perPerson } = offer.limits;
  // Whoever counts sees what the one before was given.
  if (total !== null) await tx.row(lockClaims, { offer: id, customer: 0 });
  else if (perPerson !== null) await tx.row(lockClaims, { offer: id, customer: standing.root_id });
  const [meanwhile] = await tx.rows(findClaims, { workspace, pool, keys: [key] });
  if (meanwhile !== undefined) return { code: meanwhile.code };
  const given = await tx.rows(countGiven, { workspace, pool, offer: id, profiles: [profile] });
  const inAll = given.find(({ root_id }) => root_id === null)?.given ?? 0;
  const theirs = given.find(({ root_id }) => root_id === standing.root_id)?.given ?? 0;
  if ((total !== null && inAll >= total) || (perPerson !== null && theirs >= perPerson))
    return { code: null, reason: 'limit' };
  const codes = await claimCodes(tx, {
    workspace,
    pool,
    offer: id,
    now,
    expiresAt: codeEnd(offer, now),
    claims: [{ key, profile }],
  });
  const code = codes.get(key) ?? null;
  return code === null ? { code: null, reason: 'none_left' } : { code };
}

/** As journeys ask: the code, or null when there is none. */
export const claimCode = async (tx: Pg, claim: OfferClaim): Promise<string | null> =>
  (await claimOffer(tx, claim)).code;
