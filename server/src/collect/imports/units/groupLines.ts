import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BadRow, InputRow, RowBatch } from '../read/rows.ts';
import { breather } from './breathe.ts';
import { decodeRow, encodeRow } from './rowText.ts';
import { isBad } from './unit.ts';

/** Rows of the same order, in the order of the file; a row without an order number, or a bad one, stands alone. */
export type Group = readonly (InputRow | BadRow)[];

export interface GroupOptions {
  /** Folder for rows that do not fit in memory; emptied before and after. */
  readonly folder: string;
  /** Size of the file, unpacked as far as one can guess: decides how many parts the rows are dealt into. */
  readonly expectedBytes: number;
  keyOf(row: InputRow): string | null;
  /** Rows held in memory before all parts are written out. */
  readonly budgetBytes?: number;
  readonly partBytes?: number;
}

/**
 * Brings the lines of each order together, however scattered, in bounded memory: rows are dealt by a hash of the order
 * number into parts small enough to be grouped one at a time; parts spill to files when together they outgrow the
 * budget (a hash partition, as databases do it; an external sort would also do, but order is of no use here). The same
 * file gives the same groups in the same order, which a resumed import relies on.
 */
export async function* groupLines(batches: AsyncIterable<RowBatch>, options: GroupOptions): AsyncIterable<Group[]> {
  const { folder, keyOf, budgetBytes = 64_000_000, partBytes = 12_000_000 } = options;
  const count = Math.min(Math.max(Math.ceil(options.expectedBytes / partBytes), 1), 128);
  const parts = Array.from({ length: count }, (_, index) => new Part(join(folder, `part-${index}`)));
  await rm(folder, { recursive: true, force: true });
  try {
    let held = 0;
    const breathe = breather();
    for await (const { rows } of batches) {
      for (const row of rows) {
        const key = isBad(row) ? null : keyOf(row);
        parts[hashOf(key ?? String(row.row)) % count]?.rows.push(row);
        held += sizeOf(row);
      }
      if (held > budgetBytes) {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        for (const part of parts) await part.spill();
        held = 0;
      }
      await breathe();
    }
    for (const part of parts) yield await part.groups(keyOf);
  } finally {
    for (const part of parts) await part.close();
    await rm(folder, { recursive: true, force: true });
  }
}

class Part {
  rows: (InputRow | BadRow)[] = [];
  readonly #path: string;
  #file: FileHandle | null = null;
  #spilled = false;

  constructor(path: string) {
    this.#path = path;
  }

  async spill(): Promise<void> {
    if (this.rows.length === 0) return;
    this.#file ??= await open(this.#path, 'w', 0o600);
    this.#spilled = true;
    const text = this.rows.map((row) => `${encodeRow(row)}\n`).join('');
    this.rows = [];
    await this.#file.appendFile(text);
  }

  async groups(keyOf: (row: InputRow) => string | null): Promise<Group[]> {
    const groups = new Map<string, (InputRow | BadRow)[]>();
    const add = (row: InputRow | BadRow): void => {
      const key = isBad(row) ? null : keyOf(row);
      const name = key === null ? `row ${row.row}` : `key ${key}`;
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [row]);
      else group.push(row);
    };
    if (this.#spilled) {
      await this.close();
      for await (const line of createInterface({
        input: createReadStream(this.#path),
        crlfDelay: Number.POSITIVE_INFINITY,
      }))
        add(decodeRow(line));
    }
    for (const row of this.rows) add(row);
    this.rows = [];
    return [...groups.values()];
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
  }
}

/** FNV-1a: spreads order numbers that differ in one digit. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

function sizeOf(row: InputRow | BadRow): number {
  if (isBad(row)) return 400;
  let size = 100;
  for (const cell of row.cells) size += typeof cell === 'string' ? 24 + cell.length : 16;
  return size;
}
