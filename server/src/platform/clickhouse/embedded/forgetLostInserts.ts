import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** More than the write lane has connections: an insert that a crash cut off is among the last of its log. */
const lastRecords = 50;

/**
 * ClickHouse writes an insert's token into the table's deduplication log just before it renames the new part into
 * place (seen with strace, 26.7). A process killed between the two would later refuse the repeat of an insert that is
 * not there: rows lost without a word. So before the engine starts, tokens whose part does not exist are taken out.
 * Returns how many. A token of rows deleted since may be forgotten as well, which only ends its protection earlier.
 */
export async function forgetLostInserts(tables: string): Promise<number> {
  let forgotten = 0;
  for (const folder of await tableFolders(tables)) {
    const logs = join(folder, 'deduplication_logs');
    const names = (await list(logs)).filter((name) => name.endsWith('.txt'));
    const newest = names.sort((a, b) => numberOf(a) - numberOf(b)).at(-1);
    if (newest === undefined) continue;
    const parts = (await list(folder)).flatMap((name) => rangeOf(name) ?? []);
    const lines = (await readFile(join(logs, newest), 'utf8')).split('\n').filter((line) => line !== '');
    const kept = lines.filter((line, index) => index < lines.length - lastRecords || !isLost(line, parts));
    if (kept.length === lines.length) continue;
    const path = join(logs, newest);
    await writeFile(`${path}.new`, kept.map((line) => `${line}\n`).join(''), { flush: true });
    await rename(`${path}.new`, path);
    forgotten += lines.length - kept.length;
  }
  return forgotten;
}

interface PartRange {
  readonly partition: string;
  readonly from: number;
  readonly to: number;
}

/** `all_3_7_1`: the blocks 3 to 7 of partition `all`, merged once; a fifth number counts mutations. */
function rangeOf(name: string): PartRange | null {
  const match = /^([^_]+)_(\d+)_(\d+)_\d+(_\d+)?$/.exec(name);
  return match === null ? null : { partition: match[1] ?? '', from: Number(match[2]), to: Number(match[3]) };
}

/** A record is `operation, part, token`, with operation 1 for an insert. */
function isLost(line: string, parts: readonly PartRange[]): boolean {
  const [operation, part = ''] = line.split('\t');
  const range = rangeOf(part);
  if (operation !== '1' || range === null) return false;
  return !parts.some(
    ({ partition, from, to }) => partition === range.partition && from <= range.from && range.to <= to,
  );
}

const numberOf = (name: string): number => Number(/\d+/.exec(name)?.[0] ?? 0);

/** `store/0d0/0d03e463-…`, one folder a table. */
async function tableFolders(tables: string): Promise<string[]> {
  const store = join(tables, 'store');
  const folders = (await list(store)).map(async (prefix) => {
    return (await list(join(store, prefix))).map((name) => join(store, prefix, name));
  });
  return (await Promise.all(folders)).flat();
}

/** Names in a folder; none when it does not exist or is a file. */
async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return [];
    throw error;
  }
}
