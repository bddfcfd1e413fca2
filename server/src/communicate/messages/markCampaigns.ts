import type { Pg } from '../../platform/index.ts';
import { markChanged } from './sql/marks.pg.ts';

/** Campaigns among whose messages something changed: their numbers are counted again when somebody looks. */
export async function markCampaigns(
  tx: Pg,
  workspace: number,
  messages: readonly { readonly origin: string; readonly origin_id: string }[],
): Promise<void> {
  const ids = new Set(messages.filter(({ origin }) => origin === 'campaign').map(({ origin_id }) => Number(origin_id)));
  if (ids.size > 0) await tx.run(markChanged, { workspace, ids: [...ids].toSorted((a, b) => a - b) });
}
