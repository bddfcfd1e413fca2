import { loadRules } from '../../identity/loadKnown.ts';
import { loadCustomers } from '../../profiles/customer.ts';
import { peopleFields, personRecord } from './personRecord.ts';
import { countRoots, pageRoots } from './sql/records.pg.ts';
import type { RecordSource } from './subject.ts';

export const peopleSource: RecordSource = {
  kind: 'people',
  fields: peopleFields,
  count: async (pg, workspace) => (await pg.row(countRoots, { workspace }))?.records ?? 0,
  async page(pg, workspace, after, limit) {
    const ids = (await pg.rows(pageRoots, { workspace, after, limit })).map(({ id }) => id);
    return { ids, last: ids.length < limit ? null : (ids.at(-1) ?? null) };
  },
  async read(pg, workspace, ids, more) {
    const { namespaces } = await loadRules(pg, workspace);
    const customers = await loadCustomers(pg, workspace, ids);
    return customers.map((customer) => ({ id: customer.rootId, fields: personRecord(customer, namespaces, more) }));
  },
};
