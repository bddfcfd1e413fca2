import type { MerchandisingRule, RecommendationSettings, SavedMerchandisingRule } from '@vitrail/contracts';
import { type Actor, recordAudit } from '../../govern/index.ts';
import { type Deps, Fault } from '../../platform/index.ts';
import { readSettings, toRule } from './settings.ts';
import { deleteRule, insertRule, updateRule } from './sql/rules.pg.ts';
import { saveRecommendationSettings } from './sql/scope.pg.ts';

type SaveDeps = Pick<Deps, 'pg' | 'clock'>;

export async function saveSettings(
  deps: SaveDeps,
  workspace: number,
  actor: Actor,
  settings: RecommendationSettings,
): Promise<RecommendationSettings> {
  await deps.pg.transaction(async (tx) => {
    const stored = { ...settings, weights: { ...settings.weights } };
    await tx.run(saveRecommendationSettings, { workspace, settings: stored, at: deps.clock.now() });
    const details = { popularArm: settings.popularArm, halfLifeDays: settings.halfLifeDays };
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'recommendations.settings_changed',
      target: 'recommendations',
      details,
    });
  });
  return readSettings(deps.pg, workspace);
}

const noSuchRule = (): Fault =>
  new Fault('not_found', 'decide.no_such_rule', 'There is no merchandising rule with this id.');

/** JSON as it is stored. */
const stored = (rule: MerchandisingRule) => JSON.parse(JSON.stringify(rule));

export async function createRule(
  deps: SaveDeps,
  workspace: number,
  actor: Actor,
  rule: MerchandisingRule,
): Promise<SavedMerchandisingRule> {
  return deps.pg.transaction(async (tx) => {
    const row = await tx.row(insertRule, { workspace, rule: stored(rule), at: deps.clock.now() });
    if (row === null)
      throw new Fault('conflict', 'decide.too_many_rules', 'There are 500 rules already: remove one first.');
    await recordAudit(tx, deps, change(workspace, actor, 'added', row.id, rule));
    return toRule(row);
  });
}

export async function changeRule(
  deps: SaveDeps,
  { workspace, actor }: { workspace: number; actor: Actor },
  id: number,
  rule: MerchandisingRule,
): Promise<SavedMerchandisingRule> {
  return deps.pg.transaction(async (tx) => {
    const row = await tx.row(updateRule, { workspace, id, rule: stored(rule), at: deps.clock.now() });
    if (row === null) throw noSuchRule();
    await recordAudit(tx, deps, change(workspace, actor, 'changed', id, rule));
    return toRule(row);
  });
}

export async function removeRule(deps: SaveDeps, workspace: number, actor: Actor, id: number): Promise<void> {
  await deps.pg.transaction(async (tx) => {
    if ((await tx.row(deleteRule, { workspace, id })) === null) throw noSuchRule();
    await recordAudit(tx, deps, change(workspace, actor, 'removed', id, null));
  });
}

const change = (workspaceId: number, actor: Actor, what: string, id: number, rule: MerchandisingRule | null) => ({
  workspaceId,
  actor,
  action: `merchandising.rule_${what}`,
  target: `rule ${id}`,
  details: rule === null ? {} : { effect: rule.effect.kind },
});
