import { parentPort, workerData } from 'node:worker_threads';
import { type LearnTask, learnLikeness } from './learn.ts';

/** The thread that learns what is alike: one task, one answer. */
const task: LearnTask = workerData;
parentPort?.postMessage(learnLikeness(task));
