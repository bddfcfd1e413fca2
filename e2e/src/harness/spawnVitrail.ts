import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** How a process ended: the code it chose, or the signal that ended it. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The program as a person starts it, in a process of its own. */
export interface VitrailProcess {
  readonly pid: number;
  /** Its last lines, both outputs. */
  output(): string;
  kill(signal: NodeJS.Signals): void;
  /** Null while it runs. */
  ending(): Ending | null;
  readonly ended: Promise<Ending>;
}

const program = fileURLToPath(new URL('../../../server/bin/vitrail.cjs', import.meta.url));
const keptLines = 5_000;

/** Runs `vitrail <args>` as it was built, with this environment and nothing else of ours but where programs are found. */
export function spawnVitrail(args: readonly string[], env: Readonly<Record<string, string>>): VitrailProcess {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, HOME, ...env },
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > keptLines) lines.shift();
    });
  }
  let ending: Ending | null = null;
  // `close`, not `exit`: only then everything it said has been read.
  const ended = once(child, 'close').then((): Ending => {
    ending = { code: child.exitCode, signal: child.signalCode };
    return ending;
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} could not be started`);
  return {
    pid,
    output: () => lines.join('\n'),
    kill: (signal) => void child.kill(signal),
    ending: () => ending,
    ended,
  };
}
