import type { DataSubject } from '../../govern/index.ts';
import type { Deps, JsonObject } from '../../platform/index.ts';
import { eraseCoupons, eraseRedemptions, listHeldCodes } from './sql/coupons.pg.ts';
import { deletePoints, listPoints } from './sql/points.pg.ts';
import { forgetMoved } from './sql/tellPoints.pg.ts';

/** Codes given to a person and their points. */
export async function exportOffers(
  deps: Pick<Deps, 'pg'>,
  { workspaceId: workspace, profileIds: profiles }: DataSubject,
): Promise<JsonObject> {
  const [codes, points] = await Promise.all([
    deps.pg.rows(listHeldCodes, { workspace, profiles }),
    deps.pg.rows(listPoints, { workspace, profiles, below: Number.MAX_SAFE_INTEGER, limit: 100_000 }),
  ]);
  return {
    coupons: codes.map((row) => ({
      code: row.code,
      givenAt: row.claimed_at?.toISOString() ?? null,
      expiresAt: row.expires_at?.toISOString() ?? null,
      usedAt: row.redeemed_at?.toISOString() ?? null,
    })),
    points: points.map((row) => ({
      kind: row.kind,
      points: row.points,
      at: row.at.toISOString(),
      order: row.order_id,
      note: row.note,
    })),
  };
}

/** Removes them; codes stay given, to nobody. May be repeated. */
export async function eraseOffers(
  deps: Pick<Deps, 'pg'>,
  { workspaceId: workspace, profileIds: profiles }: DataSubject,
): Promise<Record<string, number>> {
  return deps.pg.transaction(async (tx) => {
    await tx.run(forgetMoved, { workspace, profiles });
    return {
      coupons: await tx.run(eraseCoupons, { workspace, profiles }),
      redemptions: await tx.run(eraseRedemptions, { workspace, profiles }),
      points: await tx.run(deletePoints, { workspace, profiles }),
    };
  });
}
