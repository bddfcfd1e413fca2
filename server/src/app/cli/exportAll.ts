import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportNames } from '@vitrail/contracts';
import { Fault } from '../../platform/index.ts';
import type { Server } from './connect.ts';
import type { Output } from './output.ts';

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`;

/** Writes every raw record, profile, order and product into a folder, each kind into a file of its own. A file has its final name only once it is whole. */
export async function exportAll(
  server: Server,
  folder: string,
  format: 'parquet' | 'ndjson',
  output: Output,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const kind of exportNames) {
    const path = join(folder, `${kind}.${format}`);
    const partial = `${path}.partial`;
    const response = await server.fetch(`/api/v1/export/${kind}?format=${format}`);
    if (response.body === null)
      throw new Fault('unavailable', 'cli.empty_export', `The export of ${kind} came without content.`);
    let bytes = 0;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        output.progress(`${kind}: ${megabytes(bytes)}`);
        done(null, chunk);
      },
    });
    try {
      await pipeline(Readable.fromWeb(response.body), count, createWriteStream(partial));
    } catch (error) {
      await rm(partial, { force: true });
      throw new Fault(
        'unavailable',
        'cli.export_cut',
        `The export of ${kind} was cut off; ${path} was not written. Is the disk full?`,
        {
          cause: error,
        },
      );
    }
    await rename(partial, path);
    output.result(`${path}\t${megabytes(bytes)}`);
  }
}
