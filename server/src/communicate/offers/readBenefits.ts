import type { Deps, Json, JsonObject, Pg } from '../../platform/index.ts';
import { findRoots } from '../../unify/index.ts';
import { readStored } from './changeOffers.ts';
import { readStandings } from './points.ts';
import { listHeldCodes } from './sql/coupons.pg.ts';
import { listMembers, listRunningOffers } from './sql/offers.pg.ts';

/**
 * What templates may say of these people's benefits, by profile row: `points` (balance, tier, what ends next), `offers` by
 * key (those that run and are for them, with their texts), `coupons` (codes they hold and can still use). Set-based: six
 * statements for any number of people.
 */
export const createReadBenefits =
  (deps: Pick<Deps, 'pg' | 'clock'>) =>
  async (workspace: number, profiles: readonly number[]): Promise<ReadonlyMap<number, JsonObject>> => {
    const now = deps.clock.now();
    const [standings, offers, codes] = await Promise.all([
      readStandings(deps.pg, workspace, profiles, now),
      readOffers(deps.pg, workspace, profiles, now),
      readCodes(deps.pg, workspace, profiles, now),
    ]);
    return new Map(
      profiles.map((profile): [number, JsonObject] => {
        const { balance, earnedThisYear, tier, nextTier, expiring } = standings(profile);
        const points = {
          balance,
          earned_this_year: earnedThisYear,
          tier,
          next_tier: nextTier === null ? null : { ...nextTier },
          expiring: expiring === null ? null : { ...expiring },
        };
        return [profile, { points, offers: offers(profile), coupons: codes.get(profile) ?? [] }];
      }),
    );
  };

async function readOffers(
  pg: Pg,
  workspace: number,
  profiles: readonly number[],
  now: Date,
): Promise<(profile: number) => JsonObject> {
  const rows = await pg.rows(listRunningOffers, { workspace, now });
  const language = rows[0]?.language ?? '';
  const offers = rows.map(readStored);
  if (offers.length === 0) return () => ({});
  const standing = await pg.rows(findRoots, { workspace, profiles });
  const rootOf = new Map(standing.map(({ id, root_id }) => [id, root_id]));
  const segments = [...new Set(offers.flatMap((offer) => offer.segments.map(Number)))].filter(Number.isInteger);
  const members =
    segments.length === 0
      ? []
      : await pg.rows(listMembers, { workspace, roots: [...new Set(rootOf.values())], segments });
  const inside = new Set(members.map(({ profile_id, segment_id }) => `${profile_id} ${segment_id}`));
  const said = offers.map((offer) => ({ offer, shown: showOffer(offer, language) }));
  return (profile) =>
    Object.fromEntries(
      said
        .filter(
          ({ offer }) =>
            offer.segments.length === 0 ||
            offer.segments.some((segment) => inside.has(`${rootOf.get(profile)} ${segment}`)),
        )
        .map(({ offer, shown }) => [offer.key, shown]),
    );
}

/** The shop's language at the top, else any; every one of them under `in`. */
function showOffer({ texts, creative, endsAt, code }: ReturnType<typeof readStored>, language: string): JsonObject {
  const first = texts[language] ?? Object.values(texts)[0];
  const pictures: Json = JSON.parse(JSON.stringify(creative));
  return {
    ...(first === undefined ? {} : { ...first }),
    in: Object.fromEntries(Object.entries(texts).map(([language, words]) => [language, { ...words }])),
    creative: pictures,
    ends_at: endsAt,
    code: code.kind === 'shared' ? code.code : null,
  };
}

async function readCodes(
  pg: Pg,
  workspace: number,
  profiles: readonly number[],
  now: Date,
): Promise<ReadonlyMap<number, Json[]>> {
  const held = new Map<number, Json[]>();
  for (const row of await pg.rows(listHeldCodes, { workspace, profiles })) {
    const over = row.redeemed_at !== null || (row.expires_at !== null && row.expires_at <= now);
    if (row.profile_id === null || over) continue;
    const code = { code: row.code, offer: row.offer_id, expires_at: row.expires_at?.toISOString() ?? null };
    const known = held.get(row.profile_id);
    if (known === undefined) held.set(row.profile_id, [code]);
    else known.push(code);
  }
  return held;
}
