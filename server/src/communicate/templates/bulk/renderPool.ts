import { availableParallelism } from 'node:os';
import type { Field, FieldInput, FieldsOutcome } from '../engine/fields.ts';
import { FieldRenderer } from '../engine/renderFields.ts';
import { RenderThread, type ThreadOptions } from './renderThread.ts';

/** So many at once go to a thread: enough that sending them costs little, few enough that nobody waits long. */
const batch = 100;

export interface RenderPool {
  /** The outcome of each, in order. Never throws for what a template does. */
  render(key: string, fields: readonly Field[], inputs: readonly FieldInput[]): Promise<readonly FieldsOutcome[]>;
  stop(): Promise<void>;
}

/**
 * Threads that fill templates in; they start with the first message. Run from source there is no file a thread could load by
 * itself: without `execArgv` it is done in the caller's thread, under the same limits.
 */
export function createRenderPool(options: ThreadOptions & { threads?: number } = {}): RenderPool {
  const source = import.meta.url.endsWith('.ts');
  if (source && options.execArgv === undefined) return renderHere();
  const threads = options.threads ?? (availableParallelism() > 2 ? 2 : 1);
  const idle = Array.from({ length: threads }, () => new RenderThread(options));
  const all = [...idle];
  const waiting: ((thread: RenderThread) => void)[] = [];
  const take = (): Promise<RenderThread> | RenderThread =>
    idle.pop() ?? new Promise<RenderThread>((resolve) => waiting.push(resolve));
  const giveBack = (thread: RenderThread): void => {
    const next = waiting.shift();
    if (next === undefined) idle.push(thread);
    else next(thread);
  };
  return {
    async render(key, fields, inputs) {
      const pieces: (readonly FieldInput[])[] = [];
      for (let from = 0; from < inputs.length; from += batch) pieces.push(inputs.slice(from, from + batch));
      const answers = await Promise.all(
        pieces.map(async (piece) => {
          const thread = await take();
          try {
            return await thread.render(key, fields, piece);
          } finally {
            giveBack(thread);
          }
        }),
      );
      return answers.flat();
    },
    async stop() {
      await Promise.all(all.map((thread) => thread.stop()));
    },
  };
}

function renderHere(): RenderPool {
  const renderer = new FieldRenderer();
  return {
    async render(key, fields, inputs) {
      try {
        renderer.load(key, fields);
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        return inputs.map(() => ({ ok: false, detail }));
      }
      return renderer.render(key, inputs);
    },
    stop: async () => undefined,
  };
}
