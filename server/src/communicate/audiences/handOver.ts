import type { AdDestination, AdEnd } from './destination.ts';
import { addressesAtOnce } from './destination.ts';
import { findAllowed, type LookDeps, type Looked } from './lookThrough.ts';
import { recordHanded } from './sql/audiences.pg.ts';
import { deleteTakenOut, dismissMembers, lockOpenMembers, noteOffered, noteTakenIn } from './sql/members.pg.ts';

type Batch = { readonly empty: boolean; readonly hashes: readonly Buffer[] };

/**
 * The next addresses, written down as offered before they leave. Those to be added pass the gate once more: what was allowed
 * when they were chosen may have been taken back.
 */
const takeBatch = (
  deps: LookDeps,
  looked: Looked,
  change: 'add' | 'remove',
  kind: 'email' | 'phone',
  limit: number,
): Promise<Batch> =>
  deps.pg.transaction(async (tx) => {
    const { workspace, audience } = looked;
    const now = deps.clock.now();
    const members = await tx.rows(lockOpenMembers, { workspace, audience, state: change, kind, limit });
    const allowed = change === 'remove' ? new Set(members) : await findAllowed({ ...deps, pg: tx }, looked, members);
    const others = members.filter((each) => !allowed.has(each));
    const hashes = [...allowed].map(({ hash }) => hash);
    if (others.length > 0)
      await tx.run(dismissMembers, {
        workspace,
        audience,
        kinds: others.map(() => kind),
        hashes: others.map(({ hash }) => hash),
        now,
      });
    if (change === 'add' && hashes.length > 0) await tx.run(noteOffered, { workspace, audience, kind, hashes, now });
    return { empty: members.length === 0, hashes };
  });

/**
 * Tells the company of all that changed, who goes before who comes. What was not certainly taken stays to be told, so that a
 * crash at any moment costs a repeat of one request, which changes nothing there. Returns how it ended; `null`: stopped.
 */
export async function handOver(
  deps: LookDeps,
  looked: Looked,
  destination: AdDestination,
  options: { adds: boolean; signal: AbortSignal; atOnce?: number },
): Promise<AdEnd | null> {
  const { workspace, audience } = looked;
  for (const change of options.adds ? (['remove', 'add'] as const) : (['remove'] as const))
    for (const kind of ['email', 'phone'] as const)
      for (;;) {
        if (options.signal.aborted) return null;
        const { empty, hashes } = await takeBatch(deps, looked, change, kind, options.atOnce ?? addressesAtOnce);
        if (empty) break;
        if (hashes.length === 0) continue;
        const end = await destination.hand({ change, kind, hashes: hashes.map((hash) => hash.toString('hex')) });
        if (end.kind === 'failed') return end;
        const now = deps.clock.now();
        await deps.pg.transaction(async (tx) => {
          const named = { workspace, audience, kind, hashes };
          await (change === 'add' ? tx.run(noteTakenIn, { ...named, now }) : tx.run(deleteTakenOut, named));
          await tx.run(recordHanded, { workspace, id: audience, now });
        });
      }
  return { kind: 'done' };
}
