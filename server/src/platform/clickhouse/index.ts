export type { ChQuery, ChShape, ChType, ChValues } from './query.ts';
export { chQuery, definedChQueries } from './query.ts';
export type { Ch, ChLane, ChReadOptions } from './types.ts';
