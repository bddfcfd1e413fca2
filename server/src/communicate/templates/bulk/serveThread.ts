import { parentPort, workerData } from 'node:worker_threads';
import type { FieldsOutcome } from '../engine/fields.ts';
import type { FieldRenderer } from '../engine/renderFields.ts';
import type { ThreadAnswer, ThreadData, ThreadRequest } from './messages.ts';

/** What a thread does: whatever hangs here hangs nothing else, and is ended. */
export function serveThread(renderer: FieldRenderer): void {
  const port = parentPort;
  if (port === null) throw new Error('this is to be started as a thread');
  const { progress }: ThreadData = workerData;
  const at = new Int32Array(progress);

  const fill = ({ key, fields, inputs }: ThreadRequest): readonly FieldsOutcome[] | null => {
    try {
      if (fields !== null) renderer.load(key, fields);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return inputs.map(() => ({ ok: false, detail }));
    }
    if (!renderer.has(key)) return null;
    return renderer.render(key, inputs, (index) => Atomics.store(at, 0, index));
  };

  port.on('message', (request: ThreadRequest) => {
    // Loading counts as the first message: what hangs there hangs for all of them.
    Atomics.store(at, 0, 0);
    const answer: ThreadAnswer = { id: request.id, outcomes: fill(request) };
    port.postMessage(answer);
  });
}
