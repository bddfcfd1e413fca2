import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeContacts, writeOrders } from './people.ts';
import { type BenchServer, environmentOf, vitrailCommand } from './server.ts';

/** Runs `vitrail import` as an operator would, until it ends; throws when it does not end well. */
export function importFile(
  server: Pick<BenchServer, 'dataDir'>,
  file: string,
  kind: 'people' | 'orders' | 'products',
  more: readonly string[] = [],
): Promise<void> {
  const child = spawn(process.execPath, [vitrailCommand, 'import', file, '--as', kind, '--yes', ...more], {
    env: environmentOf(server.dataDir),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`vitrail import ended with ${code}`))));
  });
}

async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrail-files-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Seconds from the first command until the rows of both files can be queried. */
export const benchFirstImport = (server: BenchServer, contacts: number, orders: number): Promise<number> =>
  withFolder(async (folder) => {
    const [contactFile, orderFile] = [join(folder, 'contacts.csv'), join(folder, 'orders.csv')];
    await writeContacts(contactFile, contacts);
    await writeOrders(orderFile, orders, contacts);
    const began = performance.now();
    await importFile(server, contactFile, 'people');
    await importFile(server, orderFile, 'orders');
    return (performance.now() - began) / 1_000;
  });

/** Rows a second of a large file of orders, from the command until all can be queried. */
export const benchOrderImport = (server: BenchServer, rows: number, customers: number): Promise<number> =>
  withFolder(async (folder) => {
    const file = join(folder, 'many-orders.csv');
    await writeOrders(file, rows, customers);
    const began = performance.now();
    await importFile(server, file, 'orders');
    return rows / ((performance.now() - began) / 1_000);
  });

/** `agreed`: all of them said yes to marketing, on every channel. */
export const importPeople = (server: BenchServer, people: number, agreed = false): Promise<void> =>
  withFolder(async (folder) => {
    const file = join(folder, 'people.csv');
    await writeContacts(file, people, agreed);
    await importFile(server, file, 'people', agreed ? ['--map', 'agreed=consent.marketing'] : []);
  });

export const importOrders = (server: BenchServer, orders: number, customers: number): Promise<void> =>
  withFolder(async (folder) => {
    const file = join(folder, 'orders.csv');
    await writeOrders(file, orders, customers);
    await importFile(server, file, 'orders');
  });
