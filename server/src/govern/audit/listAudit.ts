import type { AuditEntry, auditQuerySchema } from '@vitrail/contracts';
import { z } from 'zod';
import { decodeCursor, encodeCursor, objectOf, type Pg, type PgRow } from '../../platform/index.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { listAudit as listAuditRows } from '../sql/audit.pg.ts';
import { listKeyNames } from '../sql/keys.pg.ts';

type AuditRow = PgRow<typeof listAuditRows.row>;
const cursorSchema = z.tuple([z.int().positive()]);
const kindSchema = z.enum(['user', 'key', 'system', 'command']);

/** Names of the people and keys in these rows, as `kind id`. */
async function findActorNames(
  deps: { pg: Pg; accounts: Accounts },
  workspaceId: number,
  rows: readonly AuditRow[],
): Promise<ReadonlyMap<string, string>> {
  const idsOf = (kind: string) => [
    ...new Set(rows.filter((row) => row.actor_kind === kind).map((row) => row.actor_id)),
  ];
  const [people, keys] = await Promise.all([
    deps.accounts.findByIds(idsOf('user')),
    deps.pg.rows(listKeyNames, { workspace: workspaceId, keys: idsOf('key').map(Number).filter(Number.isInteger) }),
  ]);
  return new Map([
    ...[...people.values()].map((account) => [`user ${account.id}`, account.name] as const),
    ...keys.map((key) => [`key ${key.id}`, key.name] as const),
  ]);
}

/** One page of the audit log of a workspace, newest first. */
export async function listAudit(
  deps: { readonly pg: Pg; readonly accounts: Accounts },
  workspaceId: number,
  filter: z.output<typeof auditQuerySchema>,
): Promise<{ items: AuditEntry[]; next: string | null }> {
  const rows = await deps.pg.rows(listAuditRows, {
    workspace: workspaceId,
    before: filter.cursor === undefined ? null : decodeCursor(filter.cursor, cursorSchema)[0],
    action: filter.action ?? null,
    actor: filter.actor ?? null,
    target: filter.target ?? null,
    from: filter.from === undefined ? null : new Date(filter.from),
    to: filter.to === undefined ? null : new Date(filter.to),
    limit: filter.limit + 1,
  });
  const page = rows.slice(0, filter.limit);
  const names = await findActorNames(deps, workspaceId, page);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      actor: {
        kind: kindSchema.parse(row.actor_kind),
        id: row.actor_id,
        name: names.get(`${row.actor_kind} ${row.actor_id}`) ?? null,
      },
      action: row.action,
      target: row.target,
      details: { ...objectOf(row.details) },
    })),
    next: rows.length > filter.limit && last !== undefined ? encodeCursor([last.id]) : null,
  };
}
