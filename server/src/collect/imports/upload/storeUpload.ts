import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { Fault, storableText } from '../../../platform/index.ts';
import { importPath, uploadNotePath, uploadPath } from './uploadFiles.ts';

/** A received file that is not an import yet. */
export interface Upload {
  readonly id: string;
  readonly path: string;
  readonly fileName: string;
  readonly bytes: number;
  /** SHA-256 of the content. */
  readonly hash: Buffer;
}

/** True for "no space left" and "quota exceeded". */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

export const diskFull = (cause: unknown) =>
  new Fault(
    'unavailable',
    'imports.disk_full',
    'The disk of the server is full: nothing of this file was kept. Free some space, then send it again.',
    { cause },
  );

/** Writes a stream to a file only we can read, counting and hashing. When it fails the caller removes what there is. */
export async function storeStream(
  content: NodeJS.ReadableStream,
  path: string,
  maxBytes: number,
): Promise<{ bytes: number; hash: Buffer }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        const limit = `${Math.floor(maxBytes / 1_048_576)} MiB`;
        done(
          new Fault(
            'too_large',
            'imports.file_too_large',
            `The file is larger than ${limit}. Split it, or compress it with gzip.`,
          ),
        );
        return;
      }
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(content, measure, createWriteStream(path, { mode: 0o600, flush: true }));
  } catch (error) {
    throw isDiskFull(error) ? diskFull(error) : error;
  }
  return { bytes, hash: hash.digest() };
}

const noteSchema = z.object({ workspaceId: z.number(), fileName: z.string(), bytes: z.number(), hash: z.string() });

/** Receives a file of a workspace. It waits under its id until an import takes it or a day has passed. */
export async function storeUpload(
  filesDir: string,
  workspaceId: number,
  file: { content: NodeJS.ReadableStream; name: string },
  maxBytes: number,
): Promise<Upload> {
  const id = randomUUID();
  const path = uploadPath(filesDir, id);
  const fileName = storableText(basename(file.name.replaceAll('\\', '/'))).slice(0, 200) || 'file';
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    const { bytes, hash } = await storeStream(file.content, path, maxBytes);
    const note: z.infer<typeof noteSchema> = { workspaceId, fileName, bytes, hash: hash.toString('hex') };
    await writeFile(uploadNotePath(filesDir, id), JSON.stringify(note), { mode: 0o600 });
    return { id, path, fileName, bytes, hash };
  } catch (error) {
    await rm(path, { force: true });
    await rm(uploadNotePath(filesDir, id), { force: true });
    throw isDiskFull(error) ? diskFull(error) : error;
  }
}

/** A file received before, of the same workspace only. */
export async function getUpload(filesDir: string, workspaceId: number, id: string): Promise<Upload> {
  const gone = () =>
    new Fault('not_found', 'imports.upload_gone', 'This upload is not here any more: send the file again.');
  let text: string;
  try {
    text = await readFile(uploadNotePath(filesDir, id), 'utf8');
    await stat(uploadPath(filesDir, id));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw gone();
    throw error;
  }
  const note = noteSchema.parse(JSON.parse(text));
  if (note.workspaceId !== workspaceId) throw gone();
  const { fileName, bytes, hash } = note;
  return { id, path: uploadPath(filesDir, id), fileName, bytes, hash: Buffer.from(hash, 'hex') };
}

/** Makes an upload the file of an import. */
export async function claimUpload(filesDir: string, upload: Upload, importId: string): Promise<void> {
  const path = importPath(filesDir, importId);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await rename(upload.path, path);
  await rm(uploadNotePath(filesDir, upload.id), { force: true });
}

export async function dropUpload(filesDir: string, upload: Upload): Promise<void> {
  await rm(upload.path, { force: true });
  await rm(uploadNotePath(filesDir, upload.id), { force: true });
}

/** Removes uploads nobody came back for. Returns how many. */
export async function removeOldUploads(filesDir: string, before: Date): Promise<number> {
  const folder = join(filesDir, 'uploads');
  let removed = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const found = await stat(path);
    if (found.mtime >= before) continue;
    await rm(path, { force: true });
    removed++;
  }
  return removed;
}
