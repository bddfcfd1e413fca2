import type { HouseholdListItem, HouseholdListQuery } from '@vitrail/contracts';
import { z } from 'zod';
import { encodeProfileId } from '../../../collect/index.ts';
import { decodeCursor, encodeCursor, type Pg, type PgRow } from '../../../platform/index.ts';
import { loadRules } from '../../identity/loadKnown.ts';
import { groupBy, loadCustomers, summarise } from '../../profiles/customer.ts';
import { readBaseCurrency } from '../../profiles/sql/readProfiles.pg.ts';
import { personRecord } from '../records/personRecord.ts';
import {
  countHouseholds,
  listMembersOfHouseholds,
  pageLargeHouseholds,
  pageValuableHouseholds,
} from './sql/households.pg.ts';

/** Members of each household that a list shows; the rest are counted. */
const shown = 6;
const position = z.tuple([z.number(), z.int()]);

type HomeRow = PgRow<(typeof pageLargeHouseholds)['row']>;

/** Households by value or size, largest first: who belongs to each, where, and what they are worth together. Keyset pages. */
export async function listHouseholds(
  pg: Pg,
  workspace: number,
  query: HouseholdListQuery,
): Promise<{ items: HouseholdListItem[]; next: string | null; households: number }> {
  const { sort, size: least } = query;
  const [rows, counted, settings] = await Promise.all([
    pageOf(pg, workspace, query),
    pg.row(countHouseholds, { workspace, least }),
    pg.row(readBaseCurrency, { workspace }),
  ]);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const members = await pg.rows(listMembersOfHouseholds, {
    workspace,
    households: page.map(({ household_id }) => household_id),
  });
  const membersOf = groupBy(members, ({ household_id }) => household_id);
  const faces = [...membersOf.values()].flatMap((those) => those.slice(0, shown));
  const { namespaces } = await loadRules(pg, workspace);
  const customers = new Map(
    (
      await loadCustomers(
        pg,
        workspace,
        faces.map(({ root_id }) => root_id),
      )
    ).map((customer) => [customer.rootId, customer]),
  );
  return {
    items: page.flatMap((row) => {
      const those = membersOf.get(row.household_id) ?? [];
      const people = those.flatMap(({ root_id, first }) => {
        const customer = customers.get(root_id);
        return customer === undefined ? [] : [{ customer, first }];
      });
      const [home] = people.flatMap(({ customer }) => {
        const { street, postal_code, city, country } = personRecord(customer, namespaces) ?? {};
        return street === undefined
          ? []
          : [{ street, postalCode: postal_code ?? '', city: city ?? '', country: country ?? '' }];
      });
      // Members merged or erased since the run that found it: no household any more.
      if (those.length < 2) return [];
      return [
        {
          id: encodeProfileId(row.household_id),
          size: those.length,
          members: people.map(({ customer, first }) => ({ profile: summarise(customer), first })),
          address: home ?? null,
          value: row.value,
          currency: settings?.base_currency ?? 'EUR',
          foundAt: row.found_at.toISOString(),
        },
      ];
    }),
    next:
      rows.length > query.limit && last !== undefined
        ? encodeCursor([sort === 'size' ? last.size : last.value, last.household_id])
        : null,
    households: counted?.households ?? 0,
  };
}

async function pageOf(pg: Pg, workspace: number, query: HouseholdListQuery): Promise<readonly HomeRow[]> {
  const [below, belowId] =
    query.after === undefined ? [null, Number.MAX_SAFE_INTEGER] : decodeCursor(query.after, position);
  const page = { workspace, least: query.size, belowId, limit: query.limit + 1 };
  return query.sort === 'size'
    ? pg.rows(pageLargeHouseholds, { ...page, belowSize: below ?? 2_147_483_647 })
    : pg.rows(pageValuableHouseholds, { ...page, belowValue: below ?? Number.MAX_VALUE });
}
