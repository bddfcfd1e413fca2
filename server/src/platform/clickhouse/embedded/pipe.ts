import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, constants, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A named pipe that the engine writes as if it were a file, and that we read without a thread. */
export interface Pipe {
  readonly path: string;
  readonly chunks: Socket;
  /** The writer is done: the reader meets the end. May be called twice. */
  end(): void;
  remove(): Promise<void>;
}

export async function openPipe(folder: string): Promise<Pipe> {
  const path = join(folder, `${randomUUID()}.pipe`);
  // Node cannot make one; POSIX says that `mkfifo` is there.
  await promisify(execFile)('mkfifo', ['-m', '600', path]);
  // Held open for reading and writing: neither side waits in `open`, and no end is seen before the writer has come.
  let held: number | null = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return {
    path,
    chunks: new Socket({ fd, readable: true, writable: false }),
    end() {
      if (held !== null) closeSync(held);
      held = null;
    },
    remove: () => rm(path, { force: true }),
  };
}
