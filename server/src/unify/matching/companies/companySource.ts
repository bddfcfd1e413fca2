import { type JsonObject, objectOf } from '../../../platform/index.ts';
import { groupBy } from '../../profiles/customer.ts';
import { companyFields, companyRecord } from '../records/companyRecord.ts';
import { countCompanies, pageCompanies, readCompanies } from '../records/sql/records.pg.ts';
import type { RecordSource } from '../records/subject.ts';

export const companySource: RecordSource = {
  kind: 'company',
  fields: companyFields,
  count: async (pg, workspace) => (await pg.row(countCompanies, { workspace }))?.records ?? 0,
  async page(pg, workspace, after, limit) {
    const ids = (await pg.rows(pageCompanies, { workspace, after, limit })).map(({ number }) => number);
    return { ids, last: ids.length < limit ? null : (ids.at(-1) ?? null) };
  },
  async read(pg, workspace, ids) {
    const rows = await pg.rows(readCompanies, { workspace, numbers: ids });
    return [...groupBy(rows, ({ root_number }) => root_number)].map(([id, parts]) => ({
      id,
      fields: companyRecord(joinTraits(parts.map(({ traits }) => objectOf(traits)))),
    }));
  },
};

/** Of each trait the newest statement: the parts come oldest first. */
export const joinTraits = (parts: readonly JsonObject[]): JsonObject => Object.assign({}, ...parts);
