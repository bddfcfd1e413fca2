import {
  type Expected,
  type PredictionReason,
  type ProfilePredictions,
  predictionReasons,
  preferredChannels,
  servingModels,
  valueTiers,
} from '@vitrail/contracts';
import { z } from 'zod';
import { decodeProfileId } from '../../collect/index.ts';
import { type Deps, Fault, type PgRow } from '../../platform/index.ts';
import { localDay } from '../analytics/days.ts';
import { readHabitRun } from '../habits/sql/habits.pg.ts';
import { getWorkspace } from '../rfm/readRfm.ts';
import { listMembersOf } from '../segments/sql/memberships.pg.ts';
import { fitResultSchema } from './runs/fitResult.ts';
import { scoreSettings } from './score/compileScores.ts';
import { compileOneScore } from './score/compileShop.ts';
import { readAppetences, readHabits, readPrediction, readTierOf } from './sql/predictions.ch.ts';
import { listPredictionScopes, wasRegrouped } from './sql/predictions.pg.ts';

const isServed = z.enum(servingModels).nullable();
const isTier = z.enum(valueTiers);
const isChannel = z.enum(preferredChannels);
const isReason = z.enum(predictionReasons);
export const reasonsOf = (stored: readonly string[]): PredictionReason[] => stored.map((each) => isReason.parse(each));

const clamp = (share: number): number => Math.min(1, Math.max(0, share));
const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;
const around = (expected: number, low: number, high: number, digits: number): Expected => ({
  expected: rounded(expected, digits),
  low: rounded(low, digits),
  high: rounded(high, digits),
});
/** What churn is one minus of. */
const churnDays = 90;

/** What is predicted of one customer, with their habits: of everyone's model, or of one site's. */
export async function readProfilePredictions(
  deps: Pick<Deps, 'pg' | 'ch'>,
  workspace: number,
  id: string,
  site = '',
): Promise<ProfilePredictions> {
  const profile = decodeProfileId(id);
  const members = profile === null ? [] : await deps.pg.rows(listMembersOf, { workspace, profiles: [profile] });
  const [{ root_id: person } = { root_id: 0 }] = members;
  if (person === 0) throw new Fault('not_found', 'decide.profile_not_found', 'There is no customer with this id.');
  const { zone, currency } = await getWorkspace(deps, workspace);
  const scopes = await deps.pg.rows(listPredictionScopes, { workspace });
  const scope = scopes.find((each) => each.site === site);
  const habitRun = await deps.pg.row(readHabitRun, { workspace });
  const [row, [habits], appetences] = await Promise.all([
    scope === undefined ? null : readScore(deps, { workspace, site, zone, person, members }, scope),
    habitRun === null ? [] : deps.ch.rows(readHabits, { workspace, run: habitRun.run_id, person }),
    habitRun === null ? [] : deps.ch.rows(readAppetences, { workspace, run: habitRun.run_id, person }),
  ]);
  const drawnTo = (dimension: string) =>
    appetences
      .filter((each) => each.dimension === dimension)
      .map(({ value, part, strength }) => ({ value, share: clamp(rounded(part, 4)), signals: rounded(strength, 2) }));
  const shares = Object.fromEntries(
    (habits?.names ?? []).flatMap((name, index) => {
      const channel = isChannel.safeParse(name);
      return channel.success ? [[channel.data, clamp(rounded(habits?.shares[index] ?? 0, 4))] as const] : [];
    }),
  );
  const best = isChannel.safeParse(habits?.channel);
  const valued = row !== null && row.tier !== '';
  const dayOf = (ms: number): string => localDay(new Date(ms), zone);
  return {
    at: row?.computed_at ?? null,
    run: row === null || scope?.run_id == null ? null : String(scope.run_id),
    site: site === '' ? null : site,
    currency: scope?.currency ?? currency,
    model: row === null ? null : isServed.parse(scope?.served ?? null),
    reasons: reasonsFor(scope, row === null),
    order30: row === null ? null : clamp(row.order_30),
    order90: row === null ? null : clamp(row.order_90),
    churn: row === null ? null : { value: clamp(row.churn), horizonDays: churnDays },
    nextOrder:
      row === null || row.next === 0
        ? null
        : { at: dayOf(row.next), from: dayOf(row.next_from), to: dayOf(row.next_to) },
    orders:
      row === null
        ? null
        : {
            in90: around(row.orders_90, row.orders_90_low, row.orders_90_high, 4),
            in365: around(row.orders_365, row.orders_365_low, row.orders_365_high, 4),
          },
    value: valued
      ? {
          in90: around(row.value_90, row.value_90_low, row.value_90_high, 2),
          in365: around(row.value_365, row.value_365_low, row.value_365_high, 2),
        }
      : null,
    lifetimeValue: valued
      ? {
          historic: rounded(row.historic_value, 2),
          predicted: rounded(row.value_365, 2),
          total: rounded(row.lifetime_value, 2),
        }
      : null,
    tier: valued ? isTier.parse(row.tier) : null,
    categories: drawnTo('category'),
    brands: drawnTo('brand'),
    channel: best.success ? { best: best.data, shares } : null,
    bestHour: habits === undefined ? null : { hour: habits.best_hour, own: rounded(habits.hour_signals, 2) },
    discount:
      habits === undefined || habits.discount_orders === 0
        ? null
        : { affinity: clamp(rounded(habits.affinity, 4)), orders: habits.discount_orders },
  };
}

type Scope = PgRow<(typeof listPredictionScopes)['row']>;

/**
 * What the run in use says of a customer. Who was merged or parted since has no row of their own, or one of others with
 * them: they are scored now, by the same model and as of the same moment.
 */
async function readScore(
  { pg, ch }: Pick<Deps, 'pg' | 'ch'>,
  whom: { workspace: number; site: string; zone: string; person: number; members: readonly { id: number }[] },
  { run_id: run, at, result }: Pick<Scope, 'run_id' | 'at' | 'result'>,
) {
  if (run === null || at === null) return null;
  const { workspace, site, zone, person } = whom;
  const members = whom.members.map(({ id }) => id);
  const [stored] = await ch.rows(readPrediction, { workspace, site, run, person });
  const changed = await pg.row(wasRegrouped, { workspace, members, since: at });
  const { scoring } = fitResultSchema.parse(result);
  if (changed?.regrouped !== true || scoring === null) return stored ?? null;
  const { query, values } = compileOneScore({ workspace, site, zone, now: at.getTime() }, members, scoring);
  const [row] = await ch.rows(query, values, { settings: scoreSettings });
  if (row === undefined) return null;
  if (scoring.spend === null) return row;
  const [near] = await ch.rows(readTierOf, { workspace, site, run, worth: row.value_365 });
  return { ...row, tier: near?.tier ?? 'low' };
}

/** Of what is shown: why it is to be read with care. Of what is not: why there is nothing. */
function reasonsFor(
  scope: { run_id: number | null; reasons: readonly string[] | null; tried_reasons: readonly string[] } | undefined,
  missing: boolean,
): PredictionReason[] {
  if (scope === undefined) return [];
  if (scope.run_id === null) return reasonsOf(scope.tried_reasons);
  return missing ? ['no_orders'] : reasonsOf(scope.reasons ?? []);
}
