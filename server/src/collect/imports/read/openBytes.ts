import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { unpacksTooLarge, unreadable } from './faults.ts';
import { limits } from './limits.ts';

/** A file's content as chunks, unpacked when gzipped, with what has been read of the file itself. */
export interface Bytes {
  chunks(): AsyncIterable<Buffer>;
  /** Bytes of the file read so far. */
  read(): number;
}

// Small, so that few rows are alive at once: at 256 KiB the garbage collector took a third of the time of an import.
const chunkSize = 64 * 1024;

export function openBytes(path: string, gzip: boolean): Bytes {
  let read = 0;
  return {
    read: () => read,
    async *chunks() {
      read = 0;
      const file = createReadStream(path, { highWaterMark: chunkSize });
      if (!gzip) {
        for await (const chunk of file as AsyncIterable<Buffer>) {
          read += chunk.length;
          yield chunk;
        }
        return;
      }
      const unzip = createGunzip({ chunkSize });
      // Errors of the file reach the loop below through the destroyed unzip stream.
      pipeline(file, unzip, () => {});
      let unpacked = 0;
      try {
        for await (const chunk of unzip as AsyncIterable<Buffer>) {
          read = file.bytesRead;
          unpacked += chunk.length;
          if (unpacked > limits.unpackFree + read * limits.unpackRatio) throw unpacksTooLarge();
          yield chunk;
        }
      } catch (error) {
        if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
          throw unreadable('gzip_broken', 'The gzip file is damaged or cut short: send it again.', {}, error);
        throw error;
      } finally {
        file.destroy();
      }
    },
  };
}

/** The first `size` bytes of the content (fewer when the file is shorter), and whether that is all of it. */
export async function peekBytes(bytes: Bytes, size: number): Promise<{ head: Buffer; whole: boolean }> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytes.chunks()) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= size) return { head: Buffer.concat(parts).subarray(0, size), whole: false };
  }
  return { head: Buffer.concat(parts), whole: true };
}
