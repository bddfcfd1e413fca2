import { pgQuery } from '../../platform/index.ts';

const row = {
  id: 'int4',
  name: 'text',
  base_currency: 'text',
  country: 'text',
  time_zone: 'text',
  language: 'text',
  created_at: 'timestamptz',
} as const;
const columns = 'id, name, base_currency, country, time_zone, language, created_at';

export const insertWorkspace = pgQuery({
  name: 'govern.insertWorkspace',
  params: { name: 'text', baseCurrency: 'text', country: 'text', timeZone: 'text', language: 'text' },
  row,
  text: `insert into govern.workspace (name, base_currency, country, time_zone, language)
    values (:name, :baseCurrency, :country, :timeZone, :language)
    returning ${columns}`,
});

/** By primary key. */
export const findWorkspace = pgQuery({
  name: 'govern.findWorkspace',
  params: { workspace: 'int4' },
  row,
  text: `select ${columns} from govern.workspace where id = :workspace`,
});

/** The oldest workspace: the one that unattended starts work on. By primary key. */
export const findFirstWorkspace = pgQuery({
  name: 'govern.findFirstWorkspace',
  params: {},
  row,
  text: `select ${columns} from govern.workspace order by id limit 1`,
});

/** By primary key. Null leaves a field as it is. */
export const updateWorkspace = pgQuery({
  name: 'govern.updateWorkspace',
  params: { workspace: 'int4', name: 'text?', country: 'text?', timeZone: 'text?', language: 'text?' },
  row,
  text: `update govern.workspace
    set name = coalesce(:name, name), country = coalesce(:country, country),
      time_zone = coalesce(:timeZone, time_zone), language = coalesce(:language, language)
    where id = :workspace
    returning ${columns}`,
});

/** Serialises changes of who owns a workspace. By primary key. */
export const lockWorkspace = pgQuery({
  name: 'govern.lockWorkspace',
  params: { workspace: 'int4' },
  row: { id: 'int4' },
  text: `select id from govern.workspace where id = :workspace for update`,
});
