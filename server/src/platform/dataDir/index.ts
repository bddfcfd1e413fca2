export { findHolder, type Holder } from './lock.ts';
export { type Control, type DataDir, findControl, openDataDir } from './openDataDir.ts';
