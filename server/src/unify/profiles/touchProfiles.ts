import type { Pg } from '../../platform/index.ts';
import type { Identifier } from '../identity/identifier.ts';
import type { LoadedKnown } from '../identity/loadKnown.ts';
import {
  touchIdentifiers as touchIdentifierRows,
  touchProfiles as touchProfileRows,
} from '../identity/sql/identity.pg.ts';
import type { OwnedEvent } from './ownedEvent.ts';

/** First and last event of each profile row in a batch. */
export type Spans = ReadonlyMap<number, { readonly first: Date; readonly last: Date }>;

/** An identifier's "last seen" is right to the day. */
const identifierFreshMs = 86_400_000;

export function spansOf(owned: readonly OwnedEvent[]): Spans {
  const spans = new Map<number, { first: Date; last: Date }>();
  for (const { event, owner } of owned) {
    if (owner === 0) continue;
    const at = event.timestamp;
    const span = spans.get(owner);
    if (span === undefined) spans.set(owner, { first: at, last: at });
    else if (at < span.first) span.first = at;
    else if (at > span.last) span.last = at;
  }
  return spans;
}

/** First and last sight of profiles; the rows that the batch created have theirs already. Returns whose first sight moved. */
export async function touchProfiles(
  tx: Pg,
  workspace: number,
  spans: Spans,
  created: ReadonlySet<number>,
): Promise<number[]> {
  const seen = [...spans].filter(([id]) => !created.has(id));
  if (seen.length === 0) return [];
  const written = await tx.rows(touchProfileRows, {
    workspace,
    ids: seen.map(([id]) => id),
    first: seen.map(([, { first }]) => first),
    last: seen.map(([, { last }]) => last),
  });
  return written.filter(({ earlier }) => earlier).map(({ id }) => id);
}

/** Last sight of identifiers that were known before. */
export async function touchIdentifiers(
  tx: Pg,
  workspace: number,
  known: LoadedKnown,
  sightings: readonly { identifiers: readonly Identifier[]; at: Date | undefined }[],
): Promise<void> {
  const stale = new Map<string, { identifier: Identifier; at: Date }>();
  for (const { identifiers, at } of sightings) {
    for (const identifier of identifiers) {
      const last = stale.get(identifier.key)?.at.getTime() ?? known.lastSeen.get(identifier.key);
      if (at !== undefined && last !== undefined && at.getTime() - last > identifierFreshMs)
        stale.set(identifier.key, { identifier, at });
    }
  }
  if (stale.size === 0) return;
  const rows = [...stale.values()];
  await tx.run(touchIdentifierRows, {
    workspace,
    namespaces: rows.map(({ identifier }) => identifier.namespace),
    values: rows.map(({ identifier }) => identifier.value),
    seen: rows.map(({ at }) => at),
  });
}
