import type { ConsentSource } from '@vitrail/contracts';
import type { Reactor } from '../../collect/index.ts';
import type { Deps, Pg } from '../../platform/index.ts';
import { listStatedConsents, readStatedConsents, type StatedConsent } from '../../unify/index.ts';
import { categoryIndex, ensurePurposes, expiryOf, loadPurposes, type Purpose } from './purposes.ts';
import { type ConsentFact, recordConsents } from './recordConsents.ts';
import { forgetSweep, listUnswept, noteSweep, readRecordedPositions, readRefusedPositions } from './sql/sweep.pg.ts';

const sourceOf = ({ by }: StatedConsent): ConsentSource =>
  by === 'gpc' || by === 'tcf' || by === 'import' ? by : 'event';
/** Profile rows looked through at once. */
const pageRows = 2_000;

/** What sources stated, as entries for the ledger. Categories that stand for no purpose are only kept on the profile. */
export function factsOf(purposes: readonly Purpose[], stated: readonly StatedConsent[]): ConsentFact[] {
  const index = categoryIndex(purposes);
  return stated.flatMap((consent) => {
    const { profile, category, granted, source, by } = consent;
    const at = new Date(consent.at);
    return (index.get(category.toLowerCase()) ?? []).map(
      ({ purpose, channel }): ConsentFact => ({
        profile,
        purpose,
        channel,
        state: granted ? 'granted' : 'denied',
        basis: 'consent',
        at,
        expiresAt: granted ? expiryOf(purposes, purpose, at) : null,
        source: sourceOf(consent),
        actor: `source:${source}`,
        proof: {
          category,
          source: String(source),
          ...(by === 'google' && { signal: 'google_consent_mode' }),
          ...((by === 'gpc' || by === 'tcf') && { signal: by }),
        },
      }),
    );
  });
}

/**
 * Follows what events and files say about consents: each statement becomes one entry of the ledger, once. May be told the
 * same twice.
 */
export const followConsents =
  (deps: Pick<Deps, 'pg' | 'clock'>): Reactor =>
  async ({ workspaceId, changed }) => {
    if (changed.length === 0) return;
    const stated = await readStatedConsents(deps.pg, workspaceId, changed);
    if (stated.length > 0) await derive(deps, workspaceId, await loadPurposes(deps.pg, workspaceId), stated);
  };

async function derive(
  deps: Pick<Deps, 'pg' | 'clock'>,
  workspace: number,
  purposes: readonly Purpose[],
  stated: readonly StatedConsent[],
): Promise<void> {
  const facts = factsOf(purposes, stated);
  if (facts.length === 0) return;
  // Most profiles that change say nothing new about consents: then nobody has to wait for the ledger.
  const known = await deps.pg.rows(readRecordedPositions, {
    workspace,
    profiles: facts.map(({ profile }) => profile),
    purposes: facts.map(({ purpose }) => purpose),
    channels: facts.map(({ channel }) => channel),
    states: facts.map(({ state }) => state),
    at: facts.map(({ at }) => at),
  });
  const recorded = new Set(known.map(({ position }) => position - 1));
  const fresh = facts.filter((_, position) => !recorded.has(position));
  const said = await withoutRefused(deps.pg, workspace, fresh);
  if (said.length === 0) return;
  await deps.pg.transaction((tx) => recordConsents(tx, { workspace, now: deps.clock.now(), facts: said }));
}

/** A list that somebody uploads cannot bring back a customer who withdrew by themselves, under whatever name it says yes. */
async function withoutRefused(pg: Pg, workspace: number, facts: readonly ConsentFact[]): Promise<ConsentFact[]> {
  const uploaded = facts.filter(({ source, state }) => source === 'import' && state === 'granted');
  if (uploaded.length === 0) return [...facts];
  const refused = await pg.rows(readRefusedPositions, {
    workspace,
    profiles: uploaded.map(({ profile }) => profile),
    purposes: uploaded.map(({ purpose }) => purpose),
    channels: uploaded.map(({ channel }) => channel),
  });
  const out = new Set(refused.map(({ position }) => uploaded[position - 1]));
  return facts.filter((fact) => !out.has(fact));
}

/** All workspaces whose profiles have still to be looked through: after an upgrade, or a change of categories. */
export async function sweepConsents(deps: Pick<Deps, 'pg' | 'clock'>, signal: AbortSignal): Promise<boolean> {
  for (const { id: workspace } of await deps.pg.rows(listUnswept, {})) {
    await ensurePurposes(deps.pg, workspace);
    const purposes = await loadPurposes(deps.pg, workspace);
    for (let after: number | null = 0; after !== null; ) {
      if (signal.aborted) return false;
      const page = await listStatedConsents(deps.pg, workspace, { after, limit: pageRows });
      await derive(deps, workspace, purposes, page.stated);
      after = page.last;
    }
    await deps.pg.run(noteSweep, { workspace, now: deps.clock.now() });
  }
  return true;
}

/** The categories of a workspace mean something else now. */
export const requireSweep = (tx: Pg, workspace: number): Promise<number> => tx.run(forgetSweep, { workspace });
