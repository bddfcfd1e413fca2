export { findHolder } from './lock.ts';
export { type DataDir, findControl, openDataDir } from './openDataDir.ts';
