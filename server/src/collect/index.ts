export * from './pipeline/index.ts';
export { decodeProfileId, encodeProfileId } from './profileId.ts';
