import {
  defaultRecommendationSettings,
  merchandisingRuleSchema,
  type RecommendationSettings,
  recommendationSettingsSchema,
  type SavedMerchandisingRule,
} from '@vitrail/contracts';
import type { Pg, PgRow } from '../../platform/index.ts';
import { listRules } from './sql/rules.pg.ts';
import { readRecommendationSettings } from './sql/scope.pg.ts';

export async function readSettings(pg: Pg, workspace: number): Promise<RecommendationSettings> {
  const row = await pg.row(readRecommendationSettings, { workspace });
  return row === null ? defaultRecommendationSettings : recommendationSettingsSchema.parse(row.settings);
}

export const toRule = (row: PgRow<(typeof listRules)['row']>): SavedMerchandisingRule => ({
  ...merchandisingRuleSchema.parse(row.rule),
  id: String(row.id),
  updatedAt: row.updated_at.toISOString(),
});

export const readRules = async (pg: Pg, workspace: number): Promise<SavedMerchandisingRule[]> =>
  (await pg.rows(listRules, { workspace })).map(toRule);
