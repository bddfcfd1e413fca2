import type { PersonalData } from '../../govern/index.ts';
import type { Deps, Json } from '../../platform/index.ts';
import { forgetListed } from '../listing/keepCustomers.ts';
import { eraseFromMatching, exportMatching } from '../matching/index.ts';
import { listMerges } from '../merges/listMerges.ts';
import { loadCustomers } from '../profiles/customer.ts';
import { toJson } from '../profiles/foldTraits.ts';
import { readTotals } from '../profiles/readProfile.ts';
import { listCustomerOrders } from '../profiles/readTimeline.ts';
import { findRoot, listCompaniesOf, readFormerTraits } from '../profiles/sql/readProfiles.pg.ts';
import {
  deleteCustomerOrderLines,
  deleteCustomerOrders,
  deleteCustomers,
  deleteOrderLines,
  deleteOrders,
  deleteProfileRoots,
} from './sql/rights.ch.ts';

/** What the unify room holds about a person: identifiers, traits, consents, orders, companies, merges. */
export function createUnifiedData(deps: Pick<Deps, 'pg' | 'ch'>): PersonalData {
  return {
    room: 'unify',
    async export(person) {
      const { workspaceId: workspace, profileIds: profiles } = person;
      const root = await deps.pg.row(findRoot, { workspace, id: profiles[0] ?? 0 });
      const [customer] = root === null ? [] : await loadCustomers(deps.pg, workspace, [root.root_id]);
      if (customer === undefined) return {};
      const orders: Json[] = [];
      for (let before: string | undefined; ; ) {
        const page = await listCustomerOrders(deps.pg, workspace, profiles, { limit: 500, before });
        orders.push(...page.items.map((order) => ({ ...order, lines: order.lines.map((line) => ({ ...line })) })));
        if (page.next === null) break;
        before = page.next;
      }
      const former = await deps.pg.rows(readFormerTraits, { workspace, profiles });
      const companies = await deps.pg.rows(listCompaniesOf, { workspace, profiles });
      const merges = await listMerges(deps.pg, workspace, { profiles, limit: 500 });
      const totals = await readTotals(deps.pg, workspace, profiles);
      const matching = await exportMatching(deps.pg, workspace, profiles);
      return {
        firstSeenAt: customer.firstSeenAt.toISOString(),
        lastSeenAt: customer.lastSeenAt.toISOString(),
        identifiers: customer.identifiers.map(({ namespace, value, raw, source_id, first_seen_at, last_seen_at }) => ({
          namespace,
          value,
          raw,
          source: source_id,
          firstSeenAt: first_seen_at.toISOString(),
          lastSeenAt: last_seen_at.toISOString(),
        })),
        traits: toJson(customer.traits),
        formerTraits: former.map((row) => ({
          name: row.name,
          value: row.value,
          source: row.source_id,
          at: row.at.toISOString(),
          replacedAt: row.replaced_at.toISOString(),
        })),
        consents: toJson(customer.consents),
        companies: companies.map((row) => ({ groupId: row.group_id, name: row.name, since: row.since.toISOString() })),
        totals: { ...totals, byCurrency: totals.byCurrency.map((sum) => ({ ...sum })) },
        orders,
        merges: merges.items.map(({ id, at, kind, evidence, undoneAt }) => ({
          id,
          at,
          kind,
          evidence: { ...evidence, identifiers: evidence.identifiers.map((identifier) => ({ ...identifier })) },
          undoneAt,
        })),
        ...matching,
      };
    },

    // PostgreSQL's part goes in the transaction that starts the erasure, so that nothing can attach to the person after it.
    async erase({ workspaceId: workspace, profileIds: profiles, orderIds: orders }) {
      await deps.ch.run(deleteOrders, { workspace, orders, profiles });
      await deps.ch.run(deleteOrderLines, { workspace, orders, profiles });
      await deps.ch.run(deleteCustomerOrders, { workspace, profiles });
      await deps.ch.run(deleteCustomerOrderLines, { workspace, profiles });
      await deps.ch.run(deleteCustomers, { workspace, profiles });
      await deps.ch.run(deleteProfileRoots, { workspace, profiles });
      await forgetListed(deps, workspace, profiles);
      await eraseFromMatching(deps, workspace, profiles);
      return {};
    },
  };
}
