import { type Brake, brakeLimits, type Channel, channelSchema } from '@vitrail/contracts';
import { recordAudit } from '../../govern/index.ts';
import { type Deps, Fault, objectOf, type PgRow } from '../../platform/index.ts';
import type { By } from '../channels/setup/changeProviders.ts';
import { countTrouble, type listBrakes, listTroubled, pullBrake, releaseBrake } from './sql/deliverability.pg.ts';

type BrakeDeps = Pick<Deps, 'pg' | 'clock'> & { readonly forget: (workspace: number) => void };

const dayMs = 86_400_000;

export interface Counts {
  readonly sent: number;
  readonly bounced: number;
  readonly complained: number;
}

/** Why a channel must stop; null while it may go on. Few messages prove nothing, however many of them came back. */
export function troubleOf({ sent, bounced, complained }: Counts): 'bounces' | 'complaints' | null {
  if (sent < brakeLimits.least) return null;
  if (complained / sent > brakeLimits.complaints) return 'complaints';
  return bounced / sent > brakeLimits.bounces ? 'bounces' : null;
}

/** Counts every channel that had trouble lately, and stops the marketing of those that had too much. Repeatable. */
export async function pullBrakes(deps: BrakeDeps & Pick<Deps, 'log'>): Promise<number> {
  const now = deps.clock.now();
  let pulled = 0;
  const troubled = await deps.pg.rows(listTroubled, { since: new Date(now.getTime() - 3_600_000) });
  for (const { workspace_id: workspace, channel } of troubled) {
    const since = new Date(now.getTime() - dayMs);
    const counts = await deps.pg.row(countTrouble, { workspace, channel, since });
    if (counts === null) continue;
    const reason = troubleOf(counts);
    if (reason === null) continue;
    const done = await deps.pg.transaction(async (tx) => {
      const row = await tx.row(pullBrake, { workspace, channel, reason, counts, now });
      if (row === null) return false;
      await recordAudit(tx, deps, {
        workspaceId: workspace,
        actor: { kind: 'system', id: 'deliverability' },
        action: 'brake.pulled',
        target: channel,
        details: { reason, ...counts },
      });
      return true;
    });
    if (!done) continue;
    pulled += 1;
    deps.forget(workspace);
    deps.log.warn({ workspace, channel, reason, ...counts }, 'marketing was stopped: too many messages came back');
  }
  return pulled;
}

/** Stops the marketing of a channel by hand. */
export async function pullByHand(deps: BrakeDeps, { workspace, actor }: By, channel: Channel): Promise<void> {
  await deps.pg.transaction(async (tx) => {
    const counts = { sent: 0, bounced: 0, complained: 0 };
    const row = await tx.row(pullBrake, { workspace, channel, reason: 'manual', counts, now: deps.clock.now() });
    if (row === null)
      throw new Fault('conflict', 'communicate.brake_pulled', 'Marketing on this channel is stopped already.');
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'brake.pulled',
      target: channel,
      details: { reason: 'manual' },
    });
  });
  deps.forget(workspace);
}

export async function release(deps: BrakeDeps, { workspace, actor }: By, id: number): Promise<void> {
  await deps.pg.transaction(async (tx) => {
    const row = await tx.row(releaseBrake, { workspace, id, by: `${actor.kind}:${actor.id}`, now: deps.clock.now() });
    if (row === null)
      throw new Fault('not_found', 'communicate.no_brake', 'There is no such brake, or it was released.');
    await recordAudit(tx, deps, { workspaceId: workspace, actor, action: 'brake.released', target: row.channel });
  });
  deps.forget(workspace);
}

export function showBrake(row: PgRow<typeof listBrakes.row>): Brake {
  const counts = objectOf(row.counts);
  const count = (name: string): number => {
    const value = counts[name];
    return typeof value === 'number' ? value : 0;
  };
  return {
    id: String(row.id),
    channel: channelSchema.parse(row.channel),
    reason: row.reason === 'bounces' || row.reason === 'complaints' ? row.reason : 'manual',
    sent: count('sent'),
    bounced: count('bounced'),
    complained: count('complained'),
    pulledAt: row.pulled_at.toISOString(),
    releasedAt: row.released_at?.toISOString() ?? null,
  };
}
