import { parentPort, workerData } from 'node:worker_threads';
import type { LearnMessage, LearnTask } from './learnInThread.ts';
import { learnShop } from './learnShop.ts';
import { OrderDaysReader } from './readOrderDays.ts';

/** The thread that learns: takes order days piece by piece, then null, and answers once. */
const port = parentPort;
if (port === null) throw new Error('learnWorker is started as a thread');
const task: LearnTask = workerData;
const reader = new OrderDaysReader();
const say = (message: LearnMessage): void => port.postMessage(message);
port.on('message', (chunk: Uint8Array | null) => {
  if (chunk !== null) {
    reader.push(chunk);
    return;
  }
  const learning = learnShop(reader.finish(), {
    ...task,
    progress: (step, done, total) => say({ kind: 'progress', step, done, total }),
  });
  say({ kind: 'learnt', learning });
});
