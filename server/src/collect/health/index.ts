export { createLiveHub, type LiveHandler, type LiveHub } from './liveHub.ts';
export { type ReplayWish, replayDrops } from './replayDrops.ts';
export { registerHealthRoutes } from './routes.ts';
