import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { availableParallelism, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { type Config, createLog, Fault, findControl, findHolder, systemClock } from '../../platform/index.ts';
import { openStores } from '../openStores.ts';
import type { Output } from './output.ts';

interface Finding {
  readonly part: string;
  readonly state: 'ok' | 'warning' | 'problem';
  /** What was found, and for a problem what to do. */
  readonly text: string;
}

const gigabyte = 1_073_741_824;
const gb = (bytes: number): string => `${(bytes / gigabyte).toFixed(1)} GB`;

async function checkDisk(config: Config): Promise<Finding> {
  let folder = config.dataDir;
  for (;;) {
    try {
      const { bavail, bsize } = await statfs(folder);
      const free = bavail * bsize;
      if (free < gigabyte) {
        return {
          part: 'disk',
          state: 'problem',
          text: `Only ${gb(free)} are free in ${folder}. Make room or move VITRAIL_DATA_DIR to a larger disk.`,
        };
      }
      const state = free < 10 * gigabyte ? 'warning' : 'ok';
      return { part: 'disk', state, text: `${gb(free)} free in ${folder}` };
    } catch (error) {
      const parent = dirname(folder);
      if (parent === folder)
        return { part: 'disk', state: 'problem', text: `${config.dataDir} cannot be reached: ${String(error)}` };
      folder = parent;
    }
  }
}

const checkPort = (config: Config): Promise<Finding> =>
  new Promise((resolve) => {
    const where = `${config.host}:${config.port}`;
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${error.code ?? 'unknown'})`;
      resolve({
        part: 'port',
        state: 'problem',
        text: `${where} ${why}. Set VITRAIL_PORT or VITRAIL_HOST to another one.`,
      });
    });
    probe.listen(config.port, config.host, () => {
      probe.close(() => resolve({ part: 'port', state: 'ok', text: `${where} is free` }));
    });
  });

function checkMachine(): Finding[] {
  const [cores, memory] = [availableParallelism(), totalmem()];
  return [
    { part: 'node', state: 'ok', text: `Node ${process.versions.node} on ${process.platform} ${process.arch}` },
    {
      part: 'machine',
      state: cores < 2 || memory < 4 * gigabyte ? 'warning' : 'ok',
      text: `${cores} cores, ${gb(memory)} of memory${cores < 2 || memory < 4 * gigabyte ? '; 2 cores and 4 GB are the least for 300,000 people' : ''}`,
    },
  ];
}

/** The clock of this machine against the database's: events are dated by it. */
function checkClock(databaseNow: Date): Finding {
  const apart = Math.abs(databaseNow.getTime() - Date.now()) / 1000;
  const year = new Date().getUTCFullYear();
  if (year < 2024 || apart > 5) {
    return {
      part: 'clock',
      state: 'problem',
      text: `The clock is off by ${apart.toFixed(0)} s against the database. Turn on time synchronisation (NTP).`,
    };
  }
  return { part: 'clock', state: 'ok', text: new Date().toISOString() };
}

async function checkEngines(config: Config): Promise<Finding[]> {
  try {
    const stores = await openStores(config, systemClock, createLog('silent'));
    try {
      const { rows } = await stores.deps.pg.pool.query<{ now: Date }>('select now()');
      return [
        { part: 'postgres', state: 'ok', text: `${stores.deps.pg.description}, ${gb(await stores.deps.pg.size())}` },
        { part: 'clickhouse', state: 'ok', text: `${stores.deps.ch.description}, ${gb(await stores.deps.ch.size())}` },
        checkClock(rows[0]?.now ?? new Date()),
      ];
    } finally {
      await stores.close();
    }
  } catch (error) {
    const text = error instanceof Fault ? error.message : String(error);
    return [{ part: 'engines', state: 'problem', text }];
  }
}

async function checkRunning(address: string): Promise<Finding> {
  const response = await fetch(new URL('/health/ready', address)).catch(() => null);
  if (response?.ok === true) return { part: 'server', state: 'ok', text: `running and ready at ${address}` };
  const text = response === null ? 'does not answer' : await response.text();
  return { part: 'server', state: 'problem', text: `The server at ${address} is not ready: ${text}` };
}

/** Looks at everything Vitrail needs and says what to do. Returns whether all is well. */
export async function runDoctor(config: Config, warnings: readonly string[], output: Output): Promise<boolean> {
  const findings: Finding[] = warnings.map((text) => ({ part: 'configuration', state: 'warning', text }));
  if (warnings.length === 0) findings.push({ part: 'configuration', state: 'ok', text: `data in ${config.dataDir}` });
  findings.push(...checkMachine(), await checkDisk(config));
  const control = findControl(config.dataDir);
  if (control !== null) findings.push(await checkRunning(control.address));
  else if (findHolder(config.dataDir) !== null)
    findings.push({
      part: 'server',
      state: 'warning',
      text: 'another process holds the data directory and does not listen yet',
    });
  else findings.push(await checkPort(config), ...(await checkEngines(config)));
  const signs = { ok: 'ok     ', warning: 'warning', problem: 'PROBLEM' } as const;
  for (const { part, state, text } of findings) output.result(`${signs[state]}  ${part.padEnd(14)} ${text}`);
  return findings.every(({ state }) => state !== 'problem');
}
