import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Time, memory and the longest pause of this process while it works. */
export function watchProcess() {
  const began = performance.now();
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  let peak = 0;
  const look = (): void => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 100);
  timer.unref();
  const phases: Record<string, number> = {};
  return {
    stop(): void {
      clearInterval(timer);
      delay.disable();
    },
    async phase<T>(name: string, step: () => Promise<T>): Promise<T> {
      const start = performance.now();
      try {
        return await step();
      } finally {
        phases[name] = Math.round(performance.now() - start) / 1000;
        look();
      }
    },
    phases: () => phases,
    seconds: () => Math.round(performance.now() - began) / 1000,
    peakRssMb: () => Math.round(Math.max(peak, kernelPeak()) / 1_048_576),
    longestPauseMs: () => Math.round(delay.max / 1_000_000),
  };
}

/** Linux remembers the peak itself; elsewhere the looks every tenth of a second have to do. */
function kernelPeak(): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}
