import type { Profile } from '@vitrail/contracts';
import { decodeProfileId } from '../../collect/index.ts';
import { type Deps, Fault, type Pg } from '../../platform/index.ts';
import { type Customer, loadCustomers, summarise } from './customer.ts';
import { findRoot, listCompaniesOf, readBaseCurrency, readFormerTraits, sumOrders } from './sql/readProfiles.pg.ts';
import { readDevices } from './sql/readTimeline.ch.ts';

/**
 * The customer behind an outside id. The id of any profile that was merged in finds the customer it is part of.
 * Throws `not_found` for ids of other workspaces, erased people and text that is no id: they cannot be told apart.
 */
export async function getCustomer(pg: Pg, workspace: number, id: string): Promise<Customer> {
  const profile = decodeProfileId(id);
  const row = profile === null ? null : await pg.row(findRoot, { workspace, id: profile });
  const [customer] = row === null ? [] : await loadCustomers(pg, workspace, [row.root_id]);
  if (customer === undefined) {
    throw new Fault(
      'not_found',
      'unify.profile_not_found',
      'There is no such profile in this workspace. It may have been erased.',
    );
  }
  return customer;
}

/** Figures over the orders of some profile rows. */
export async function readTotals(pg: Pg, workspace: number, profiles: readonly number[]): Promise<Profile['totals']> {
  const [sums, settings] = await Promise.all([
    pg.rows(sumOrders, { workspace, profiles }),
    pg.row(readBaseCurrency, { workspace }),
  ]);
  const total = (pick: (sum: (typeof sums)[number]) => string | number): number =>
    Math.round(sums.reduce((sum, row) => sum + Number(pick(row)), 0) * 10_000) / 10_000;
  const orders = total((row) => row.orders);
  const revenue = total((row) => row.base_revenue);
  const priced = orders - total((row) => row.without_rate);
  const times = (pick: (sum: (typeof sums)[number]) => Date | null): Date[] =>
    sums.map(pick).filter((date) => date !== null);
  const bound = (dates: Date[], choose: (...values: number[]) => number): string | null =>
    dates.length === 0 ? null : new Date(choose(...dates.map((date) => date.getTime()))).toISOString();
  return {
    orders,
    revenue,
    currency: settings?.base_currency ?? 'EUR',
    averageOrder: priced === 0 ? null : Math.round((revenue / priced) * 100) / 100,
    firstOrderAt: bound(
      times((row) => row.first_at),
      Math.min,
    ),
    lastOrderAt: bound(
      times((row) => row.last_at),
      Math.max,
    ),
    refunded: total((row) => row.base_refunded),
    byCurrency: sums.map((row) => ({ currency: row.currency ?? '', orders: row.orders, revenue: Number(row.revenue) })),
    withoutRate: total((row) => row.without_rate),
  };
}

/** The whole profile page in one answer: both stores are asked at once. */
export async function readProfile(deps: Pick<Deps, 'pg' | 'ch'>, workspace: number, id: string): Promise<Profile> {
  const customer = await getCustomer(deps.pg, workspace, id);
  const profiles = customer.rowIds;
  const [totals, former, companies, devices] = await Promise.all([
    readTotals(deps.pg, workspace, profiles),
    deps.pg.rows(readFormerTraits, { workspace, profiles }),
    deps.pg.rows(listCompaniesOf, { workspace, profiles }),
    deps.ch.rows(readDevices, { workspace, profiles }),
  ]);
  return {
    ...summarise(customer),
    createdAt: customer.createdAt.toISOString(),
    traits: Object.fromEntries(
      [...customer.traits]
        .filter(([, trait]) => trait.value !== null)
        .map(([name, trait]) => {
          const values = former.filter((entry) => entry.name === name);
          return [
            name,
            {
              ...trait,
              ...(values.length > 0 && {
                former: values.map((entry) => ({
                  value: entry.value,
                  source: entry.source_id,
                  at: entry.at.toISOString(),
                  replacedAt: entry.replaced_at.toISOString(),
                })),
              }),
            },
          ];
        }),
    ),
    identifiers: customer.identifiers.map((row) => ({
      namespace: row.namespace,
      value: row.value,
      raw: row.raw,
      shared: row.shared,
      source: row.source_id,
      firstSeenAt: row.first_seen_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
    })),
    consents: Object.fromEntries(customer.consents),
    totals,
    devices: devices
      .filter((row) => row.device_type !== '' || row.os !== '' || row.browser !== '')
      .map((row) => ({
        type: row.device_type,
        os: row.os,
        browser: row.browser,
        events: row.events,
        lastSeenAt: new Date(row.last).toISOString(),
      })),
    companies: companies.map((row) => ({ groupId: row.group_id, name: row.name, since: row.since.toISOString() })),
    eventCount: devices.reduce((sum, row) => sum + row.events, 0),
  };
}
