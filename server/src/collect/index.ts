export * from './pipeline/index.ts';
export { decodeProfileId, encodeProfileId } from './profileId.ts';
export { createCollectedData } from './rights/personalData.ts';
