/** Where a command writes: results to stdout, everything else to stderr, so that a pipe gets only results. */
export interface Output {
  /** A line of the result. */
  result(line: string): void;
  /** Tells a person what happens. */
  say(line: string): void;
  /** Redrawn in place on a terminal; in a pipe a plain line now and then. */
  progress(line: string): void;
  /** Ends a progress line. */
  endProgress(): void;
}

const plainEveryMs = 5_000;

export function createOutput(streams: { stdout: NodeJS.WriteStream; stderr: NodeJS.WriteStream } = process): Output {
  const { stdout, stderr } = streams;
  const live = stderr.isTTY === true;
  let open = false;
  let lastPlain = 0;
  const endProgress = (): void => {
    if (open) stderr.write('\n');
    open = false;
  };
  return {
    result: (line) => {
      endProgress();
      stdout.write(`${line}\n`);
    },
    say: (line) => {
      endProgress();
      stderr.write(`${line}\n`);
    },
    progress: (line) => {
      if (live) {
        stderr.write(`\r\u001b[2K${line.slice(0, (stderr.columns ?? 80) - 1)}`);
        open = true;
      } else if (Date.now() - lastPlain >= plainEveryMs) {
        lastPlain = Date.now();
        stderr.write(`${line}\n`);
      }
    },
    endProgress,
  };
}
