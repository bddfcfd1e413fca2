export { openChdb } from './embedded/openChdb.ts';
export { ChError } from './errors.ts';
export { migrateClickhouse } from './migrate.ts';
export type { ChQuery, ChShape, ChType, ChValues } from './query.ts';
export { chQuery, definedChQueries } from './query.ts';
export { openClickHouse } from './server/openClickHouse.ts';
export type { Ch } from './types.ts';
