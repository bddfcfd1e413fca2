import type { DataSubject, Secrets } from '../../govern/index.ts';
import type { Deps, JsonObject } from '../../platform/index.ts';
import { presentEntry } from './readConsents.ts';
import { deleteStates, eraseConsents, listConsents } from './sql/ledger.pg.ts';
import { hashSuppressionsOf, listSuppressedOf } from './suppression/suppressions.ts';

const everything = { below: Number.MAX_SAFE_INTEGER, limit: 100_000 };

/** What a person allowed and refused, with proof; the lists that keep messages from them. */
export async function exportConsents(
  deps: Pick<Deps, 'pg'>,
  { workspaceId: workspace, profileIds: profiles }: DataSubject,
): Promise<JsonObject> {
  const entries = await deps.pg.rows(listConsents, { workspace, profiles, ...everything });
  const suppressed = await listSuppressedOf(deps.pg, workspace, profiles);
  return {
    consentLedger: entries.map((row) => {
      const { proof, ...entry } = presentEntry(row);
      return { ...entry, proof: Object.fromEntries(Object.entries(proof).map(([name, text]) => [name, text ?? null])) };
    }),
    suppressed: suppressed.map((each) => ({ ...each })),
  };
}

/** Removes it; that an address is not to be written to stays, as a hash. May be repeated. */
export async function eraseConsentsOf(
  deps: Pick<Deps, 'pg'> & { readonly secrets: Pick<Secrets, 'erasure'> },
  { workspaceId: workspace, profileIds: profiles, identifiers }: DataSubject,
): Promise<Record<string, number>> {
  return deps.pg.transaction(async (tx) => {
    const consents = await tx.run(eraseConsents, { workspace, profiles });
    await tx.run(deleteStates, { workspace, profiles });
    await hashSuppressionsOf({ pg: tx, secrets: deps.secrets }, workspace, identifiers);
    return { consents };
  });
}
