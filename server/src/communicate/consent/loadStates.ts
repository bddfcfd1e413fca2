import { consentSources, lawfulBases } from '@vitrail/contracts';
import type { Pg, PgRow } from '../../platform/index.ts';
import { listStates, readDoubt } from './sql/ledger.pg.ts';
import type { ConsentStateRow, CustomerStates } from './standing.ts';

/** A stored state in the words of the contracts. A word nobody knows is taken for the least it can mean. */
const readStateRow = (row: PgRow<typeof listStates.row>): ConsentStateRow & { readonly profile_id: number } => ({
  ...row,
  basis: lawfulBases.find((basis) => basis === row.basis) ?? 'legitimate_interest',
  source: consentSources.find((source) => source === row.source) ?? null,
});

/** What all profile rows of one customer say, and whether they may be two people. */
export async function loadStates(pg: Pg, workspace: number, profiles: readonly number[]): Promise<CustomerStates> {
  const rows = await pg.rows(listStates, { workspace, profiles });
  const doubt = await pg.row(readDoubt, { workspace, profiles });
  return { rows: rows.map(readStateRow), doubtedAt: doubt?.at ?? null };
}
