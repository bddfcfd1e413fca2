import { ensureOwnSource, writeGroup } from '../../collect/index.ts';
import type { JsonObject, Pg } from '../../platform/index.ts';
import { readStrongest } from './sql/runs.pg.ts';

export interface TraitChange {
  readonly run: number;
  readonly seq: number;
  readonly root: number;
  readonly traits: JsonObject;
}

/**
 * Changes traits as any client would, by an identify call, accepted in this transaction: it is resolved with its source
 * and time, exactly once, and whoever follows events hears of it.
 */
export async function applyTraits(
  tx: Pg,
  workspace: number,
  changes: readonly TraitChange[],
  now: Date,
): Promise<void> {
  if (changes.length === 0) return;
  const roots = [...new Set(changes.map(({ root }) => root))];
  const strongest = new Map((await tx.rows(readStrongest, { workspace, roots })).map((row) => [row.root_id, row]));
  const source = await ensureOwnSource(tx, workspace, 'Journeys');
  const calls = changes.flatMap(({ run, seq, root, traits }) => {
    const identifier = strongest.get(root);
    if (identifier === undefined || Object.keys(traits).length === 0) return [];
    const { namespace, value } = identifier;
    return {
      type: 'identify',
      messageId: `journey-${run}-${seq}`,
      timestamp: now.toISOString(),
      ...(namespace === 'user_id' && { userId: value }),
      ...(namespace === 'anonymous_id' && { anonymousId: value }),
      context: { externalIds: [{ id: value, type: namespace, collection: 'users', encoding: 'none' }] },
      traits,
    };
  });
  const perRequest = 500;
  const groups = [];
  for (let from = 0; from < calls.length; from += perRequest) groups.push(calls.slice(from, from + perRequest));
  await writeGroup(
    tx,
    groups.map((batch) => ({
      workspaceId: workspace,
      sourceId: source,
      receivedAt: now,
      typeHint: null,
      ip: null,
      userAgent: null,
      events: batch.length,
      replay: false,
      payload: Buffer.from(JSON.stringify({ batch })),
    })),
  );
}
