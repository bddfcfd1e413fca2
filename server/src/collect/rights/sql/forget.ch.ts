import { chQuery } from '../../../platform/index.ts';

// A lightweight delete hides rows at once; this rewrites the parts without them. Cheap where nothing was deleted.
const forget = (table: string) =>
  chQuery({ name: `collect.forget.${table}`, params: {}, row: {}, text: `alter table ${table} apply deleted mask` });

export const applyDeletedMasks = ['events', 'drops', 'orders', 'order_lines', 'profile_root'].map(forget);
