import { Worker } from 'node:worker_threads';
import { Fault } from '../../platform/index.ts';
import { type LearnTask, type Learnt, learnLikeness } from './learn.ts';

/** Learns in a thread of its own. Run from source there is no file that a thread could load by itself, so it is done here. */
export async function learnInThread(task: LearnTask): Promise<Learnt | null> {
  if (import.meta.url.endsWith('.ts')) return learnLikeness(task);
  const worker = new Worker(new URL('./learnWorker.js', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: 500 },
  });
  try {
    return await new Promise<Learnt | null>((resolve, reject) => {
      worker.on('message', resolve);
      worker.on('error', reject);
      worker.on('exit', () =>
        reject(
          new Fault(
            'unavailable',
            'decide.learning_stopped',
            'The thread that looks for likeness ended too early; the next run tries again.',
          ),
        ),
      );
    });
  } finally {
    await worker.terminate();
  }
}
