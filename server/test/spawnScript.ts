import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const loader = new URL('./tsLoader.mjs', import.meta.url).href;

/** A process of its own that runs TypeScript of ours, to be killed without mercy. */
export interface Script {
  readonly pid: number;
  /** The next line it prints; throws when it ends before. */
  line(): Promise<string>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** Starts `script` (given relative to the caller's `import.meta.url`). */
export function spawnScript(script: string, caller: string, args: readonly string[]): Script {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', loader, fileURLToPath(new URL(script, caller)), ...args],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (child.stdout === null || child.pid === undefined) throw new Error(`${script} did not start`);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid,
    async line() {
      const next = await lines.next();
      if (next.done) throw new Error(`${script} ended before it printed a line`);
      return next.value;
    },
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
  };
}
