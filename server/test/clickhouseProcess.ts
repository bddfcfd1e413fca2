import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export type Child = ChildProcessByStdio<null, Readable, null>;

/** Runs a TypeScript file of this folder in a process of its own; its standard output is line by line for us. */
export function startProcess(file: string, ...args: string[]): Child {
  const loader = new URL('./tsLoader.mjs', import.meta.url).href;
  const path = fileURLToPath(new URL(file, import.meta.url));
  return spawn(process.execPath, ['--import', loader, path, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // The engine's queries run on these threads, and Node reads the number at its start only.
    env: { ...process.env, UV_THREADPOOL_SIZE: '16' },
  });
}

export async function firstLine(child: Child): Promise<string> {
  for await (const line of createInterface(child.stdout)) return line;
  throw new Error('the process ended without a word');
}

export interface ClickhouseServer {
  /** With the password of this server. */
  readonly url: string;
  stop(): Promise<void>;
}

/** ClickHouse's HTTP interface on a free local port, its data in `folder`. */
export async function startClickhouseServer(folder: string): Promise<ClickhouseServer> {
  const password = 'päss:wörd/1';
  const child = startProcess('clickhouseServer.ts', folder, password);
  const port = await firstLine(child);
  return {
    url: `http://default:${encodeURIComponent(password)}@127.0.0.1:${port}`,
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
