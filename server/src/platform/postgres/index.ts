export { migratePostgres } from './migrate.ts';
export { openPostgres } from './openPostgres.ts';
export { toPgFault } from './pgFault.ts';
export type { Json, PgParams, PgRow, PgType } from './query.ts';
export { definedPgQueries, pgQuery } from './query.ts';
export type { Pg, PgStore } from './types.ts';
