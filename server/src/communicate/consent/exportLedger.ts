import type { ledgerCheckSchema } from '@vitrail/contracts';
import type { z } from 'zod';
import { readPages } from '../../collect/index.ts';
import type { Json, Pg, PgRow } from '../../platform/index.ts';
import { createLedgerChecker, type LedgerRow } from './hashLedger.ts';
import { presentEntry } from './readConsents.ts';
import { readLedger } from './sql/ledger.pg.ts';

type Row = PgRow<typeof readLedger.row>;
const pageRows = 2_000;

const pages = (pg: Pg, workspace: number): AsyncGenerator<readonly Row[]> =>
  readPages<Row>((last) => pg.rows(readLedger, { workspace, after: last?.id ?? 0, limit: pageRows }));

const rowOf = (row: Row): LedgerRow => ({
  ...row,
  profile: row.profile_id,
  recordedAt: row.recorded_at,
  expiresAt: row.expires_at,
  contentHash: row.content_hash,
});

/** The whole ledger, one JSON object a line, oldest first, with everything needed to check it elsewhere. Constant memory. */
export async function* exportLedger(pg: Pg, workspace: number): AsyncGenerator<string> {
  for await (const rows of pages(pg, workspace)) {
    yield rows
      .map((row) => {
        const line: Record<string, Json | object> = {
          ...presentEntry(row),
          proof: row.proof,
          profileNumber: row.profile_id,
          salt: row.salt?.toString('hex') ?? null,
          contentHash: row.content_hash.toString('hex'),
          hash: row.hash.toString('hex'),
        };
        return `${JSON.stringify(line)}\n`;
      })
      .join('');
  }
}

/** Follows the chain from its beginning: whether an entry was changed or is missing, and which is the first. */
export async function checkLedger(pg: Pg, workspace: number): Promise<z.infer<typeof ledgerCheckSchema>> {
  const checker = createLedgerChecker(workspace);
  for await (const rows of pages(pg, workspace)) checker.add(rows.map(rowOf));
  const result = checker.result();
  return { ...result, ok: result.brokenAt === null };
}
