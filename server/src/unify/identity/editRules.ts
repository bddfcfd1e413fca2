import type { NamespaceRule } from '@vitrail/contracts';
import { type Actor, recordAudit } from '../../govern/index.ts';
import type { Deps, Pg } from '../../platform/index.ts';
import { loadRules } from './loadKnown.ts';
import { deleteBlockedValues, insertBlockedValues, listBlockedValues, saveNamespaces } from './sql/identity.pg.ts';

type EditDeps = Pick<Deps, 'pg' | 'clock'>;

/** The namespaces of a workspace, strongest first, defaults included. */
export async function listRules(pg: Pg, workspace: number): Promise<NamespaceRule[]> {
  const { namespaces } = await loadRules(pg, workspace);
  return [...namespaces].map(([name, rule]) => ({ name, ...rule })).toSorted((a, b) => a.priority - b.priority);
}

/** Changes rules from now on; what was joined before stays. */
export async function saveRules(
  deps: EditDeps,
  workspace: number,
  rules: readonly NamespaceRule[],
  actor: Actor,
): Promise<NamespaceRule[]> {
  await deps.pg.transaction(async (tx) => {
    await tx.run(saveNamespaces, {
      workspace,
      names: rules.map(({ name }) => name),
      priorities: rules.map(({ priority }) => priority),
      limits: rules.map(({ maxPerProfile }) => maxPerProfile),
      shared: rules.map(({ shared }) => shared),
    });
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'identity.namespaces_changed',
      target: 'namespaces',
      details: { namespaces: rules.map((rule) => ({ ...rule })) },
    });
  });
  return listRules(deps.pg, workspace);
}

export interface BlockedValue {
  readonly namespace: string;
  readonly value: string;
}

export const listBlocked = (pg: Pg, workspace: number): Promise<BlockedValue[]> =>
  pg.rows(listBlockedValues, { workspace });

/** Replaces the list. */
export async function saveBlocked(
  deps: EditDeps,
  workspace: number,
  values: readonly BlockedValue[],
  actor: Actor,
): Promise<BlockedValue[]> {
  await deps.pg.transaction(async (tx) => {
    await tx.run(deleteBlockedValues, { workspace });
    await tx.run(insertBlockedValues, {
      workspace,
      namespaces: values.map(({ namespace }) => namespace),
      values: values.map(({ value }) => value),
    });
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'identity.blocked_values_changed',
      target: 'blocked values',
      details: { values: values.length },
    });
  });
  return listBlocked(deps.pg, workspace);
}
