import type { Channel } from '@vitrail/contracts';
import type { Secrets } from '../../govern/index.ts';
import type { Pg } from '../../platform/index.ts';
import { hashAddress } from '../consent/suppression/addressOf.ts';
import type { Decision } from './decision.ts';
import { findErased, skipErased } from './sql/erasedAddresses.pg.ts';

export type ErasureKey = Pick<Secrets, 'erasure'>;

/**
 * Addresses of erased people stay on the list of those nothing goes to as keyed hashes, which SQL cannot make without the
 * key: what the rules let out is asked here, and what comes back as erased is taken out in the same transaction.
 */
export async function takeOutErased(
  tx: Pg,
  input: { workspace: number; now: Date; secrets: ErasureKey },
  decisions: readonly (Decision & { readonly channel: string })[],
): Promise<readonly Decision[]> {
  const { workspace, now, secrets } = input;
  const asked = decisions.flatMap(({ id, verdict, channel, address }) => {
    const hash = verdict === 'skip' || address === null ? null : hashAddress(secrets, workspace, channel, address);
    return hash === null ? [] : [{ id, hash }];
  });
  if (asked.length === 0) return decisions;
  const skipped = await tx.rows(skipErased, {
    workspace,
    now,
    ids: asked.map(({ id }) => id),
    hashes: asked.map(({ hash }) => hash),
  });
  if (skipped.length === 0) return decisions;
  const gone = new Set(skipped.map(({ id }) => id));
  return decisions.map((decision) =>
    gone.has(decision.id)
      ? { ...decision, verdict: 'skip', reason: 'suppressed', until: null, address: null }
      : decision,
  );
}

/** Which of these addresses of a channel erased people left on the list, by position. */
export async function findErasedAddresses(
  pg: Pg,
  input: { workspace: number; secrets: ErasureKey; channel: Channel },
  addresses: readonly (string | null)[],
): Promise<ReadonlySet<number>> {
  const { workspace, secrets, channel } = input;
  const asked = addresses.flatMap((address, position) => {
    const hash = address === null ? null : hashAddress(secrets, workspace, channel, address);
    return hash === null ? [] : [{ position, hash }];
  });
  if (asked.length === 0) return new Set();
  const found = await pg.rows(findErased, { workspace, channel, hashes: asked.map(({ hash }) => hash) });
  return new Set(found.flatMap(({ place }) => asked[place - 1]?.position ?? []));
}
