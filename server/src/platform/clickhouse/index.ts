export { type ChdbOptions, openChdb } from './chdb.ts';
export { migrateClickhouse } from './migrate.ts';
export type { ChQuery, ChShape, ChType, ChValues } from './query.ts';
export { chQuery, definedChQueries } from './query.ts';
export type { Ch, ChLane, ChReadOptions } from './types.ts';
