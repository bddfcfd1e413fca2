import type { CampaignGroup, CampaignResults } from '@vitrail/contracts';
import type { Pg, PgRow } from '../../platform/index.ts';
import { getCampaign, noCampaign } from './readCampaigns.ts';
import { findCampaign } from './sql/campaigns.pg.ts';
import { findBaseCurrency, readGroups } from './sql/results.pg.ts';
import { differenceOfShares } from './uplift.ts';

/** What a campaign brought: by variant, and against those who got nothing. Throws `not_found`. */
export async function readResults(pg: Pg, workspace: number, id: number): Promise<CampaignResults> {
  const row = await pg.row(findCampaign, { workspace, id });
  if (row === null) throw noCampaign();
  const { definition } = await getCampaign(pg, workspace, id);
  const days = definition.attributionDays;
  const [groups, currency] = await Promise.all([
    pg.rows(readGroups, { workspace, campaign: id, id: String(id), days }),
    pg.row(findBaseCurrency, { workspace }),
  ]);
  const variants = groups.filter(({ control }) => !control).map(toGroup);
  const control = groups.filter((group) => group.control).map(toGroup)[0] ?? null;
  return {
    currency: currency?.base_currency ?? '',
    attributionDays: days,
    variants,
    control,
    winner: row.winner,
    uplift: control === null ? null : compare(variants, control),
  };
}

const toGroup = (row: PgRow<typeof readGroups.row>): CampaignGroup => ({
  name: row.variant,
  people: row.people,
  sent: row.sent,
  delivered: row.delivered,
  clicked: row.clicked,
  unsubscribed: row.unsubscribed,
  converted: row.converted,
  orders: row.orders,
  revenue: Number(row.revenue),
});

function compare(variants: readonly CampaignGroup[], control: CampaignGroup): CampaignResults['uplift'] {
  const sum = (of: (group: CampaignGroup) => number): number => variants.reduce((total, group) => total + of(group), 0);
  const people = sum((group) => group.people);
  if (people === 0 || control.people === 0) return null;
  const converted = sum((group) => group.converted);
  const difference = differenceOfShares(
    { hits: converted, of: people },
    { hits: control.converted, of: control.people },
  );
  return {
    conversion: difference.estimate,
    low: difference.low,
    high: difference.high,
    revenuePerPerson: sum((group) => group.revenue) / people - control.revenue / control.people,
  };
}
