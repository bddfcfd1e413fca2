import { type ExportColumn, type ExportTable, encodeProfileId, exportRows, readPages } from '../../collect/index.ts';
import type { Deps, Pg } from '../../platform/index.ts';
import { type Customer, loadCustomers, nameOf } from './customer.ts';
import { toJson } from './foldTraits.ts';
import { listRoots } from './sql/readProfiles.pg.ts';

const pageSize = 1_000;

const columns: readonly ExportColumn<Customer>[] = [
  { name: 'id', type: 'text', read: ({ rootId }) => encodeProfileId(rootId) },
  { name: 'customer_id', type: 'integer', read: ({ rootId }) => rootId },
  { name: 'profile_ids', type: 'json', read: ({ rowIds }) => rowIds },
  { name: 'name', type: 'text', read: nameOf },
  { name: 'first_seen_at', type: 'instant', read: ({ firstSeenAt }) => firstSeenAt },
  { name: 'last_seen_at', type: 'instant', read: ({ lastSeenAt }) => lastSeenAt },
  {
    name: 'identifiers',
    type: 'json',
    read: ({ identifiers }) =>
      identifiers.map(({ namespace, value, raw, shared, source_id }) => ({
        namespace,
        value,
        raw,
        shared,
        source: source_id,
      })),
  },
  { name: 'traits', type: 'json', read: ({ traits }) => toJson(traits) },
  { name: 'consents', type: 'json', read: ({ consents }) => toJson(consents) },
];

/** Customers by falling id, page by page: constant memory for any number. */
async function* pages(pg: Pg, workspace: number): AsyncGenerator<readonly Customer[]> {
  const roots = readPages<{ readonly id: number }>((last) =>
    pg.rows(listRoots, { workspace, below: last?.id ?? Number.MAX_SAFE_INTEGER, limit: pageSize }),
  );
  for await (const page of roots)
    yield await loadCustomers(
      pg,
      workspace,
      page.map(({ id }) => id),
    );
}

/** What the unify room exports: one row per customer, merged profiles joined. */
export const createUnifyExports = ({ pg }: Pick<Deps, 'pg'>): readonly ExportTable[] => [
  {
    name: 'profiles',
    summary: 'Every customer with identifiers, traits and consents',
    range: 'none',
    personal: true,
    open: ({ workspaceId, format }) => exportRows(pages(pg, workspaceId), columns, format),
  },
];
