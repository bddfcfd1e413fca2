export { migratePostgres } from './migrate.ts';
export { openPostgres, type PostgresOptions } from './openPostgres.ts';
export { toPgFault } from './pgFault.ts';
export type { Json, PgParams, PgQuery, PgRow, PgShape, PgType } from './query.ts';
export { definedPgQueries, pgQuery } from './query.ts';
export type { Pg, PgStore } from './types.ts';
