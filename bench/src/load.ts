import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { SendOrder, SendReport } from './sendLoad.ts';

/** A stream of events that is written and waits for `go`. */
export interface Load {
  go(): Promise<SendReport>;
}

const file = fileURLToPath(new URL(`./sendLoad${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url));

type Answer = 'ready' | { report?: SendReport; error?: string };

const nextMessage = (child: ChildProcess): Promise<Answer> =>
  new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the load generator ended with code ${code}`)));
  });

/** Writes the requests of an order in a child process; nothing is sent yet. */
export async function prepareLoad(order: SendOrder): Promise<Load> {
  const child = fork(file);
  const ready = nextMessage(child);
  child.send(order);
  await ready;
  return {
    async go() {
      const answer = nextMessage(child);
      child.send('go');
      const message = await answer;
      if (message === 'ready' || message.report === undefined)
        throw new Error(message === 'ready' ? 'the load generator did not start' : message.error);
      return message.report;
    },
  };
}
