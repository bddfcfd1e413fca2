import type { Json, Pg } from '../../platform/index.ts';
import type { Consent } from './consentStatements.ts';
import { readConsents, toJson } from './foldTraits.ts';
import { listConsentColumns, readConsentColumns, writeConsentColumns } from './sql/foldProfiles.pg.ts';

/** A category as a source stated it on a profile row. */
export interface StatedConsent extends Consent {
  readonly profile: number;
  readonly category: string;
}

const statedIn = (rows: readonly { readonly id: number; readonly consents: Json }[]): StatedConsent[] =>
  rows.flatMap(({ id, consents }) =>
    [...readConsents(consents)].flatMap(([category, consent]) =>
      consent.own === true ? [] : [{ ...consent, profile: id, category }],
    ),
  );

/** What sources stated on these profile rows; the person's own word to Vitrail is not among it. */
export const readStatedConsents = async (
  pg: Pg,
  workspace: number,
  profiles: readonly number[],
): Promise<StatedConsent[]> => statedIn(await pg.rows(readConsentColumns, { workspace, ids: profiles }));

/** The same of every profile row after an id, page by page; `last` is null at the end. */
export async function listStatedConsents(
  pg: Pg,
  workspace: number,
  page: { readonly after: number; readonly limit: number },
): Promise<{ stated: StatedConsent[]; last: number | null }> {
  const rows = await pg.rows(listConsentColumns, { workspace, ...page });
  return { stated: statedIn(rows), last: rows.length < page.limit ? null : (rows.at(-1)?.id ?? null) };
}

/** What a person said to Vitrail itself. */
interface OwnStatement {
  readonly profile: number;
  /** The first one is written in any case, the others where the profile row has them. */
  readonly categories: readonly string[];
  readonly granted: boolean;
  readonly at: Date;
}

/**
 * Writes own statements over those of sources, so that segments, profiles and exports say the same as the ledger. Call
 * inside `Pipeline.change` and hand back the ids it returns as changed. Statements older than what is known change nothing.
 */
export async function stateOwnConsents(
  tx: Pg,
  workspace: number,
  statements: readonly OwnStatement[],
): Promise<number[]> {
  const ids = [...new Set(statements.map(({ profile }) => profile))];
  const stored = await tx.rows(readConsentColumns, { workspace, ids });
  const consentsOf = new Map(stored.map((row) => [row.id, readConsents(row.consents)]));
  for (const { profile, categories, granted, at: moment } of statements) {
    const consents = consentsOf.get(profile) ?? new Map<string, Consent>();
    consentsOf.set(profile, consents);
    const at = moment.toISOString();
    for (const category of categories.filter((name, index) => index === 0 || consents.has(name))) {
      const current = consents.get(category);
      if (current !== undefined && current.at > at) continue;
      const stated = current?.own === true ? current.stated : current?.granted;
      consents.set(category, { granted, at, source: 0, own: true, ...(stated !== undefined && { stated }) });
    }
  }
  const written = await tx.rows(writeConsentColumns, {
    workspace,
    ids: [...consentsOf.keys()],
    consents: [...consentsOf.values()].map(toJson),
  });
  return written.map(({ id }) => id);
}
