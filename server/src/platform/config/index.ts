export type { Config } from './config.ts';
export { readConfig } from './readConfig.ts';
