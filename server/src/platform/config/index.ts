export type { Config, FirstRun, LogLevel } from './config.ts';
export { type ConfigReading, readConfig } from './readConfig.ts';
