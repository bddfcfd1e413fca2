import { Worker } from 'node:worker_threads';
import { Fault } from '../../../platform/index.ts';
import type { Learning, LearnRequest } from './learnShop.ts';
import { learnShop } from './learnShop.ts';
import { OrderDaysReader } from './readOrderDays.ts';

export type LearnTask = Omit<LearnRequest, 'progress'>;
export type LearnStep = 'fit' | 'backtest';
/** What the thread says. */
export type LearnMessage =
  | { readonly kind: 'progress'; readonly step: LearnStep; readonly done: number; readonly total: number }
  | { readonly kind: 'learnt'; readonly learning: Learning };

export interface LearnOptions {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((step: LearnStep, done: number, total: number) => void) | undefined;
  /** How a thread is started from source; without it, work from source is done in the caller's thread. */
  readonly execArgv?: readonly string[] | undefined;
}

/** Memory of the thread: 10 million order days and their summaries fit in half of it. */
const memoryMb = 1_000;

/**
 * Learns in a thread of its own from order days as CSV (see `OrderDaysReader`): the caller's thread only passes bytes on.
 * Aborting ends the thread. Run from source there is no file that a thread could load by itself, so it is done here.
 */
export async function learnInThread(
  chunks: AsyncIterable<Uint8Array>,
  task: LearnTask,
  { signal, progress, execArgv }: LearnOptions = {},
): Promise<Learning> {
  const source = import.meta.url.endsWith('.ts');
  if (source && execArgv === undefined) return learnHere(chunks, task, { signal, progress });
  const worker = new Worker(new URL(source ? './learnWorker.ts' : './learnWorker.js', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    ...(execArgv === undefined ? {} : { execArgv: [...execArgv] }),
  });
  const stop = (): void => void worker.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  const answer = new Promise<Learning>((resolve, reject) => {
    worker.on('message', (message: LearnMessage) => {
      if (message.kind === 'learnt') resolve(message.learning);
      else progress?.(message.step, message.done, message.total);
    });
    worker.on('error', reject);
    worker.on('exit', () =>
      reject(
        signal?.reason ??
          new Fault(
            'unavailable',
            'decide.learning_stopped',
            'The thread that learns predictions ended too early; the next run tries again.',
          ),
      ),
    );
  });
  // Reading may fail first; then nobody else looks at the answer.
  answer.catch(() => undefined);
  try {
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      // A copy: the buffer may be part of a larger one.
      const bytes = Uint8Array.from(chunk);
      worker.postMessage(bytes, [bytes.buffer]);
    }
    worker.postMessage(null);
    return await answer;
  } finally {
    signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

async function learnHere(
  chunks: AsyncIterable<Uint8Array>,
  task: LearnTask,
  { signal, progress }: LearnOptions,
): Promise<Learning> {
  const reader = new OrderDaysReader();
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    reader.push(chunk);
  }
  return learnShop(reader.finish(), {
    ...task,
    progress: (step, done, total) => {
      signal?.throwIfAborted();
      progress?.(step, done, total);
    },
  });
}
