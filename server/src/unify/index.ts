export { createResolver } from './resolveProfiles.ts';
