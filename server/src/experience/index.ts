export { createAssigner } from './assigner/createAssigner.ts';
export { createCapture } from './capture/createCapture.ts';
export { createExperiences, type Experiences } from './createExperiences.ts';
export { followViews } from './decisions/followViews.ts';
export { registerEditorRoutes } from './editor/routes.ts';
export { defineExperimentJobs } from './experiments/reweigh.ts';
export { createExperiencedData } from './personalData.ts';
export { registerExperienceRoom } from './routes.ts';
