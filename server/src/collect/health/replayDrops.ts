import type { ReplayOutcome } from '@vitrail/contracts';
import type { ChValues, Deps } from '../../platform/index.ts';
import { type DropFilter, toFilterParams } from './listDrops.ts';
import { findDrops, listReplayable, markReplayed } from './sql/drops.ch.ts';
import { claimReplays, insertReplays } from './sql/health.pg.ts';

/** Records of one call: 32 KB each at most. */
const maxRecords = 500;
/** The claim must be remembered longer than the records are kept. */
const rememberDays = 100;

type ReplayWish = { readonly ids: readonly string[] } | { readonly filter: DropFilter };

async function findRecords({ ch }: Pick<Deps, 'ch'>, workspace: number, wish: ReplayWish) {
  if ('ids' in wish) {
    const rows: ChValues<(typeof findDrops)['row']>[] = [];
    for (let at = 0; at < wish.ids.length; at += maxRecords)
      rows.push(...(await ch.rows(findDrops, { workspace, ids: wish.ids.slice(at, at + maxRecords) })));
    return { rows, asked: wish.ids.length, more: false };
  }
  const rows = await ch.rows(listReplayable, { ...toFilterParams(workspace, wish.filter), limit: maxRecords });
  return { rows, asked: rows.length, more: rows.length === maxRecords };
}

/** A record of a batch that said when it was sent goes back as a batch of one that says the same: it corrects the clock. */
const asRequest = ({ raw, sent_at }: { raw: string; sent_at: string | null }): string =>
  sent_at === null ? raw : `{"sentAt":${JSON.stringify(sent_at)},"batch":[${raw}]}`;

/**
 * Puts dropped records back at the beginning of the pipeline. A record goes back once and only once: it is claimed in the
 * same PostgreSQL transaction, and marked in ClickHouse after it; a repeat after a failure only marks what is claimed.
 * The pipeline decides anew: a record that is still wrong becomes a new dropped record.
 */
export async function replayDrops(
  deps: Pick<Deps, 'pg' | 'ch' | 'clock'>,
  workspaceId: number,
  wish: ReplayWish,
): Promise<ReplayOutcome> {
  const { rows, asked, more } = await findRecords(deps, workspaceId, wish);
  const expires = new Date(deps.clock.now().getTime() + rememberDays * 86_400_000).toISOString().slice(0, 10);
  const replayed = await deps.pg.transaction(async (tx) => {
    const claimed = await tx.rows(claimReplays, { workspace: workspaceId, ids: rows.map(({ id }) => id), expires });
    const fresh = new Set(claimed.map(({ id }) => id));
    const records = rows.filter(({ id }) => fresh.delete(id));
    if (records.length > 0)
      await tx.run(insertReplays, {
        workspace: workspaceId,
        sources: records.map((record) => record.source_id),
        receivedAt: records.map(({ at, received_at }) => new Date(received_at ?? at)),
        typeHints: records.map(({ type }) => type || null),
        ips: records.map(({ ip }) => ip || null),
        agents: records.map(({ user_agent }) => user_agent || null),
        payloads: records.map(asRequest),
      });
    return records.length;
  });
  if (rows.length > 0) await deps.ch.run(markReplayed, { workspace: workspaceId, ids: rows.map(({ id }) => id) });
  return { replayed, skipped: asked - replayed, more };
}
