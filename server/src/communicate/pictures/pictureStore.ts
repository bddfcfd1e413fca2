import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { type FetchRules, fetchPicture, type Picture, type PictureRefusal, publicPictures } from './fetchPicture.ts';
import { pictureType } from './pictureType.ts';

/** Asked for again after so long: a shop may change a picture and keep its address. */
const freshMs = 7 * 86_400_000;
/** What cannot be had is not asked for again so soon. */
const refusedMs = 10 * 60_000;
const mostRefused = 10_000;
/** On disk, for all workspaces together; the oldest go. */
const mostKept = 512 * 2 ** 20;
/** Fetched at the same time: a page of two hundred products asks for all of its pictures at once. */
const atOnce = 6;
const mostWaiting = 300;

/** Pictures of products, fetched once and kept as files, so that browsers of the console ask no other server. */
export class PictureStore {
  readonly #folder: string;
  readonly #rules: FetchRules;
  readonly #refused = new LRUCache<string, PictureRefusal>({ max: mostRefused, ttl: refusedMs });
  readonly #under = new Map<string, Promise<Picture | PictureRefusal>>();
  readonly #waiting: (() => void)[] = [];
  #fetching = 0;
  #written = 0;

  constructor(filesDir: string, rules: FetchRules = publicPictures) {
    this.#folder = join(filesDir, 'pictures');
    this.#rules = rules;
  }

  /** The picture at an address, or why there is none; `busy`: too many are waited for. */
  async find(address: string): Promise<Picture | PictureRefusal | 'busy'> {
    const key = createHash('sha256').update(address).digest('hex');
    const kept = await this.#read(key);
    if (kept !== null) return kept;
    const refused = this.#refused.get(key);
    if (refused !== undefined) return refused;
    const under = this.#under.get(key);
    if (under !== undefined) return under;
    if (this.#waiting.length >= mostWaiting) return 'busy';
    const fetching = this.#fetch(key, address).finally(() => this.#under.delete(key));
    this.#under.set(key, fetching);
    return fetching;
  }

  async #read(key: string): Promise<Picture | null> {
    try {
      const path = join(this.#folder, key);
      const { mtimeMs } = await stat(path);
      if (Date.now() - mtimeMs > freshMs) return null;
      const bytes = await readFile(path);
      const type = pictureType(bytes);
      return type === null ? null : { type, bytes };
    } catch {
      // Not kept, or just thrown away.
      return null;
    }
  }

  async #fetch(key: string, address: string): Promise<Picture | PictureRefusal> {
    if (this.#fetching >= atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#fetching += 1;
    try {
      const found = await fetchPicture(address, this.#rules);
      if (typeof found === 'string') this.#refused.set(key, found);
      else await this.#keep(key, found.bytes);
      return found;
    } finally {
      this.#fetching -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #keep(key: string, bytes: Buffer): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    // Whole or not at all, whatever happens meanwhile.
    const fresh = join(this.#folder, `${key}.new`);
    await writeFile(fresh, bytes, { mode: 0o600 });
    await rename(fresh, join(this.#folder, key));
    this.#written += bytes.length;
    if (this.#written > mostKept / 16) {
      this.#written = 0;
      await this.#prune();
    }
  }

  async #prune(): Promise<void> {
    const names = await readdir(this.#folder);
    const files = await Promise.all(
      names.map(async (name) => {
        const { size, mtimeMs } = await stat(join(this.#folder, name));
        return { name, size, mtimeMs };
      }),
    );
    files.sort((one, other) => other.mtimeMs - one.mtimeMs);
    let kept = 0;
    for (const { name, size } of files) {
      kept += size;
      if (kept > mostKept) await rm(join(this.#folder, name), { force: true });
    }
  }
}
