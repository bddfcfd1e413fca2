import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks per second of Linux' process statistics: 100 on every platform Node runs on. */
const ticksPerSecond = 100;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly cpuSeconds: number;
}

function readProcess(pid: number): Process | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name stands in brackets and may hold anything, brackets too.
    const end = text.lastIndexOf(')');
    const fields = text.slice(end + 2).split(' ');
    const ticks = [11, 12, 13, 14].map((index) => Number(fields[index]));
    const [user = 0, system = 0, waitedUser = 0, waitedSystem = 0] = ticks;
    return {
      pid,
      parent: Number(fields[1]),
      name: text.slice(text.indexOf('(') + 1, end),
      // With those of children that ended: PostgreSQL's workers come and go.
      cpuSeconds: (user + system + waitedUser + waitedSystem) / ticksPerSecond,
    };
  } catch {
    // It ended between the listing and the reading.
    return null;
  }
}

/** A process and everything it started. Linux only: elsewhere the list is empty. */
export function listTree(root: number): Process[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (readProcess(Number(name)) ?? []) : []));
  const tree = all.filter(({ pid }) => pid === root);
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid));
  return tree;
}

/** CPU seconds used so far, by what uses them. */
export function readCpu(root: number): { node: number; postgres: number } {
  const cpu = { node: 0, postgres: 0 };
  for (const { pid, cpuSeconds } of listTree(root)) cpu[pid === root ? 'node' : 'postgres'] += cpuSeconds;
  return cpu;
}

/**
 * Memory of the tree in bytes. Pages that several processes share (PostgreSQL's buffers) are counted once in all:
 * the proportional set size divides them among their users.
 */
export function readMemory(root: number): number {
  return listTree(root).reduce((sum, { pid }) => {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1');
      return sum + Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1_024;
    } catch {
      return sum;
    }
  }, 0);
}
