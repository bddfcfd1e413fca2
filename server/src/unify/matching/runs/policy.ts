import {
  type EditedSettings,
  type MatchKind,
  type MatchModel,
  type MatchSettings,
  type MatchThresholds,
  matchModelSchema,
  matchSettingsSchema,
} from '@vitrail/contracts';
import { type Actor, recordAudit } from '../../../govern/index.ts';
import { type Clock, Fault, type Pg } from '../../../platform/index.ts';
import { loadRules } from '../../identity/loadKnown.ts';
import { exclusiveNamespaces } from '../records/personRecord.ts';
import type { MatchDeps } from '../subject.ts';
import { readModel, readPolicy, savePolicy, saveSettings } from './sql/models.pg.ts';

export interface Policy {
  readonly kind: MatchKind;
  readonly model: number | null;
  readonly thresholds: MatchThresholds;
  readonly automatic: boolean;
  readonly twoPerson: boolean;
  readonly checkedShare: number;
  readonly settings: MatchSettings | null;
}

export async function loadPolicy(pg: Pg, workspace: number, kind: MatchKind): Promise<Policy> {
  const row = await pg.row(readPolicy, { workspace, kind });
  if (row === null) throw new Error('a policy always has a row');
  return {
    kind,
    model: row.model_version,
    thresholds: { auto: row.auto_threshold, review: row.review_threshold },
    automatic: row.automatic,
    twoPerson: row.two_person,
    checkedShare: row.checked_share,
    settings: row.settings === null ? null : matchSettingsSchema.parse(row.settings),
  };
}

/** A stored version. Throws `not_found`. */
export async function getModel(pg: Pg, workspace: number, kind: MatchKind, version: number): Promise<MatchModel> {
  const row = await pg.row(readModel, { workspace, kind, version });
  if (row === null)
    throw new Fault('not_found', 'unify.model_not_found', 'There is no such version of the model in this workspace.');
  return matchModelSchema.parse(row.model);
}

/** Comparisons and rules for the next fit: as edited, else built in; identifiers of which a person has one forbid a merge. */
export async function settingsForFit(
  deps: Pick<MatchDeps, 'defaults'>,
  pg: Pg,
  workspace: number,
  policy: Policy,
): Promise<MatchSettings> {
  const settings = policy.settings ?? deps.defaults(policy.kind);
  const own = policy.kind === 'people' ? exclusiveNamespaces((await loadRules(pg, workspace)).namespaces) : [];
  return {
    ...settings,
    exclusive: [...new Set([...settings.exclusive, ...own])].slice(0, 5),
    thresholds: policy.thresholds,
  };
}

export async function readSettings(deps: MatchDeps, workspace: number, kind: MatchKind): Promise<EditedSettings> {
  const { settings } = await loadPolicy(deps.pg, workspace, kind);
  const defaults = deps.defaults(kind);
  return { settings: settings ?? defaults, defaults, edited: settings !== null };
}

/** Replaces the comparisons and rules that the next fit uses; the model in force stays as it is. */
export async function editSettings(
  deps: MatchDeps,
  workspace: number,
  settings: MatchSettings | null,
  kind: MatchKind,
  actor: Actor,
): Promise<EditedSettings> {
  if (settings !== null && settings.kind !== kind)
    throw new Fault('invalid', 'unify.settings_kind', 'These settings are for the other kind of record.');
  await deps.pg.transaction(async (tx) => {
    await tx.run(saveSettings, { workspace, kind, settings });
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'matching.settings_changed',
      target: `matching ${kind}`,
      details: { edited: settings !== null },
    });
  });
  return readSettings(deps, workspace, kind);
}

/** Changes what needs no dry run: the two-person rule, the share that is checked, and switching off. */
export async function changePolicy(
  deps: { readonly pg: MatchDeps['pg']; readonly clock: Clock },
  workspace: number,
  change: {
    readonly kind: MatchKind;
    readonly automatic?: false | undefined;
    readonly twoPerson?: boolean | undefined;
    readonly checkedShare?: number | undefined;
  },
  actor: Actor,
): Promise<void> {
  const { kind, automatic, twoPerson, checkedShare } = change;
  await deps.pg.transaction(async (tx) => {
    await tx.run(savePolicy, {
      workspace,
      kind,
      model: null,
      auto: null,
      review: null,
      automatic: automatic ?? null,
      twoPerson: twoPerson ?? null,
      checkedShare: checkedShare ?? null,
    });
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'matching.changed',
      target: `matching ${kind}`,
      details: {
        ...(automatic !== undefined && { automatic }),
        ...(twoPerson !== undefined && { twoPerson }),
        ...(checkedShare !== undefined && { checkedShare }),
      },
    });
  });
}
