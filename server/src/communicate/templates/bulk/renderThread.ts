import { Worker } from 'node:worker_threads';
import type { Field, FieldInput, FieldsOutcome } from '../engine/fields.ts';
import type { ThreadAnswer, ThreadData, ThreadRequest } from './messages.ts';

/** How often a thread is looked at; one message that stays in hand for two looks hangs. */
const lookMs = 1_000;
const memoryMb = 192;
/** Before it has begun with a batch: a thread that starts loads the engine first. */
const notBegun = -1;
const startMs = 30_000;

const hangs: FieldsOutcome = { ok: false, detail: 'This template takes too long to fill in.' };
const broke: FieldsOutcome = { ok: false, detail: 'Filling this template in needs too much memory.' };

interface Task {
  readonly request: ThreadRequest;
  readonly resolve: (
    outcomes: readonly FieldsOutcome[] | 'unloaded' | { readonly stoppedAt: number; readonly hung: boolean },
  ) => void;
}

export interface ThreadOptions {
  /** How a thread is started from source. */
  readonly execArgv?: readonly string[];
  /** In place of our own. */
  readonly script?: URL;
}

/** One thread, one batch at a time. A message that hangs costs the thread, which begins anew behind it. */
export class RenderThread {
  readonly #options: ThreadOptions;
  readonly #progress = new Int32Array(new SharedArrayBuffer(4));
  readonly #loaded = new Set<string>();
  #worker: Worker | null = null;
  #task: Task | null = null;
  #watch: NodeJS.Timeout | null = null;
  #number = 0;

  constructor(options: ThreadOptions = {}) {
    this.#options = options;
  }

  /** The outcome of each, in order. Not to be called again before it has answered. */
  async render(
    key: string,
    fields: readonly Field[],
    inputs: readonly FieldInput[],
  ): Promise<readonly FieldsOutcome[]> {
    const outcomes: FieldsOutcome[] = [];
    while (outcomes.length < inputs.length) {
      const rest = inputs.slice(outcomes.length);
      const answer = await this.#ask(key, this.#loaded.has(key) ? null : fields, rest);
      if (answer === 'unloaded') {
        this.#loaded.delete(key);
      } else if ('stoppedAt' in answer) {
        // Those before it were done, but their texts are gone with the thread: without the one that hangs they come again.
        const { stoppedAt, hung } = answer;
        if (stoppedAt > 0) outcomes.push(...(await this.render(key, fields, rest.slice(0, stoppedAt))));
        outcomes.push(hung ? hangs : broke);
      } else {
        this.#loaded.add(key);
        outcomes.push(...answer);
      }
    }
    return outcomes;
  }

  async stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #ask(key: string, fields: readonly Field[] | null, inputs: readonly FieldInput[]) {
    const worker = this.#open();
    return new Promise<Parameters<Task['resolve']>[0]>((resolve) => {
      const request: ThreadRequest = { id: ++this.#number, key, fields, inputs };
      this.#task = { request, resolve };
      Atomics.store(this.#progress, 0, notBegun);
      let last = notBegun;
      let looks = 0;
      this.#watch = setInterval(() => {
        looks += 1;
        const now = Atomics.load(this.#progress, 0);
        const still = now === notBegun ? looks * lookMs >= startMs : now === last;
        if (still) this.#giveUp(worker, true);
        last = now;
      }, lookMs);
      worker.postMessage(request);
    });
  }

  #open(): Worker {
    if (this.#worker !== null) return this.#worker;
    const { execArgv, script } = this.#options;
    const own = import.meta.url.endsWith('.ts') ? './renderWorker.ts' : './renderWorker.js';
    const data: ThreadData = { progress: this.#progress.buffer };
    const worker = new Worker(script ?? new URL(own, import.meta.url), {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      ...(execArgv === undefined ? {} : { execArgv: [...execArgv] }),
    });
    worker.unref();
    worker.on('message', ({ id, outcomes }: ThreadAnswer) => {
      if (this.#task?.request.id === id) this.#settle(outcomes ?? 'unloaded');
    });
    // Out of memory, above all: the thread is gone, the process is not.
    worker.on('error', () => this.#giveUp(worker, false));
    worker.on('exit', () => this.#giveUp(worker, false));
    this.#worker = worker;
    return worker;
  }

  #giveUp(worker: Worker, hung: boolean): void {
    if (this.#worker === worker) {
      this.#worker = null;
      this.#loaded.clear();
    } else if (this.#worker !== null) return;
    void worker.terminate();
    this.#settle({ stoppedAt: Math.max(Atomics.load(this.#progress, 0), 0), hung });
  }

  #settle(answer: Parameters<Task['resolve']>[0]): void {
    const task = this.#task;
    this.#task = null;
    if (this.#watch !== null) clearInterval(this.#watch);
    this.#watch = null;
    task?.resolve(answer);
  }
}
