import type { Household } from '@vitrail/contracts';
import { encodeProfileId } from '../../../collect/index.ts';
import type { Pg } from '../../../platform/index.ts';
import { loadRules } from '../../identity/loadKnown.ts';
import { type Customer, loadCustomers, summarise } from '../../profiles/customer.ts';
import { getCustomer } from '../../profiles/readProfile.ts';
import { foldText } from '../../values/searchText.ts';
import { personRecord, type RecordFields } from '../records/personRecord.ts';
import { listHouseholdMembers, readHouseholdsOf } from './sql/households.pg.ts';

const folded = (fields: RecordFields, ...names: string[]): string =>
  names.map((name) => foldText(fields[name] ?? '')).join('\n');

/** People who live with somebody, with what they share. Throws `not_found`. */
export async function readHousehold(pg: Pg, workspace: number, id: string): Promise<Household> {
  const self = await getCustomer(pg, workspace, id);
  const found = await pg.rows(readHouseholdsOf, { workspace, profiles: self.rowIds });
  const own = found.find((row) => row.profile_id === self.rootId) ?? found[0];
  const rows = own === undefined ? [] : await pg.rows(listHouseholdMembers, { workspace, household: own.household_id });
  const others = await loadCustomers(
    pg,
    workspace,
    rows.map(({ root_id }) => root_id).filter((root) => root !== self.rootId),
  );
  const { namespaces } = await loadRules(pg, workspace);
  const fieldsOf = (customer: Customer): RecordFields => personRecord(customer, namespaces) ?? {};
  const people = [self, ...others].map((customer) => ({ customer, fields: fieldsOf(customer) }));
  const first = new Set(rows.filter((row) => row.first).map(({ root_id }) => root_id));
  const mine = people[0]?.fields ?? {};
  const shares = (fields: RecordFields, ...names: string[]): boolean =>
    folded(fields, ...names).trim() !== '' &&
    people.filter((person) => folded(person.fields, ...names) === folded(fields, ...names)).length > 1;
  return {
    id: own === undefined ? null : encodeProfileId(own.household_id),
    size: people.length,
    members: people.map(({ customer, fields }) => ({
      profile: summarise(customer),
      shared: [
        ...(shares(fields, 'street', 'postal_code') ? (['address'] as const) : []),
        ...(shares(fields, 'phone') ? (['phone'] as const) : []),
        ...(shares(fields, 'email') ? (['email'] as const) : []),
      ],
      first: people.length === 1 || first.has(customer.rootId),
    })),
    address:
      mine.street === undefined
        ? null
        : {
            street: mine.street,
            postalCode: mine.postal_code ?? '',
            city: mine.city ?? '',
            country: mine.country ?? '',
          },
    phone: mine.phone !== undefined && shares(mine, 'phone') ? mine.phone : null,
  };
}
