import { randomBytes } from 'node:crypto';
import type { Deps, PgRow } from '../../platform/index.ts';
import { findHolder, findRoots, tcStringAllows } from '../../unify/index.ts';
import type { ReadConsents } from './copyStanding.ts';
import { putMappings, readOurId } from './sql/mappings.pg.ts';
import type { findSyncedProvider } from './sql/providers.pg.ts';

export interface SyncDeps extends Pick<Deps, 'pg' | 'clock'> {
  readonly readConsents: ReadConsents;
}

export interface SyncCall {
  /** The visitor's anonymous id, as the shop's own cookie says. */
  readonly anonymousId: string;
  /** The partner's id of the visitor; null where the partner only asks for ours. */
  readonly theirId: string | null;
  /** The TC string that came with the request; null: none. */
  readonly tcString: string | null;
  /** Global Privacy Control. */
  readonly optedOut: boolean;
}

type Provider = PgRow<typeof findSyncedProvider.row>;

const dayMs = 86_400_000;
/** Ids of one partner on one visitor: a pixel called with a thousand made-up ids stops here. */
const mostIds = 5;

/**
 * Ties a partner's id to a visitor who allows the purpose; the id by which the partner may know the visitor. Null, and
 * nothing is stored, for a visitor nobody knows yet, without a yes, or with a no of any kind.
 */
export async function syncVisitor(deps: SyncDeps, provider: Provider, call: SyncCall): Promise<string | null> {
  const { workspace_id: workspace, id, purpose } = provider;
  const { theirId, tcString } = call;
  if (call.optedOut) return null;
  const allowedByString = tcString === null ? null : tcStringAllows(tcString, purpose, provider.tcf_vendor);
  if (allowedByString === false) return null;
  const [profile = null] = await findHolder(deps.pg, workspace, [`anonymous_id:${call.anonymousId}`]);
  if (profile === null) return null;
  const [row] = await deps.pg.rows(findRoots, { workspace, profiles: [profile] });
  if (row === undefined) return null;
  const said = (await deps.readConsents(workspace, purpose, [row.root_id])).get(row.root_id);
  if (said?.granted === false || (said === undefined && allowedByString !== true)) return null;

  const now = deps.clock.now();
  const latest = new Date((Math.floor(now.getTime() / dayMs) + provider.retention_days) * dayMs);
  const end = said?.endsAt !== undefined && said.endsAt !== null && said.endsAt < latest ? said.endsAt : latest;
  const known = await deps.pg.row(readOurId, { workspace, provider: id, profile, now });
  const ours = known?.ours ?? randomBytes(18).toString('base64url');
  const put = (kind: 'ours' | 'theirs', value: string) =>
    deps.pg.rows(putMappings, {
      workspace,
      provider: id,
      kind,
      values: [value],
      profiles: [profile],
      ends: [end],
      now,
    });
  await put('ours', ours);
  if (theirId !== null && (known?.theirs ?? 0) < mostIds) await put('theirs', theirId);
  return ours;
}
