import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { toWindows1252 } from './windows1252.ts';

const chunkLength = 256 * 1024;

/** `ascii` is a promise of the caller, and much faster. */
type TextEncoding = 'utf-8' | 'ascii' | 'windows-1252';

/**
 * A text file written in large pieces, waiting whenever the disk (or gzip, on its own thread) is behind, so that memory
 * does not grow with the file. A failing disk rejects the next `write` or `close`.
 */
export class TextFile {
  private buffer = '';
  private readonly sink: Writable;
  private readonly done: Promise<void>;
  private failure: unknown = null;
  private readonly encoding: TextEncoding;
  /** Lines written, without the header. */
  rows = 0;

  constructor(path: string, options: { gzip?: boolean; encoding?: TextEncoding } = {}) {
    this.encoding = options.encoding ?? 'utf-8';
    const file = createWriteStream(path);
    if (options.gzip === true) {
      // The lines repeat themselves: level 1 already makes them ten times smaller, level 6 would take three times longer.
      const gzip = createGzip({ level: 1, memLevel: 9, chunkSize: chunkLength });
      gzip.pipe(file);
      file.on('error', (error) => gzip.destroy(error));
      this.sink = gzip;
    } else {
      this.sink = file;
    }
    this.done = finished(file);
    this.done.catch((error: unknown) => {
      this.failure = error;
    });
  }

  /** Adds text that ends with a line break; a promise only when the caller must wait. */
  add(text: string, rows = 1): Promise<void> | undefined {
    this.buffer += text;
    this.rows += rows;
    return this.buffer.length < chunkLength ? undefined : this.flush();
  }

  async close(): Promise<void> {
    await this.flush();
    this.sink.end();
    await this.done;
  }

  private async flush(): Promise<void> {
    if (this.failure !== null) throw this.failure;
    const bytes = encode(this.buffer, this.encoding);
    this.buffer = '';
    if (!this.sink.write(bytes)) await Promise.race([once(this.sink, 'drain'), this.done]);
  }
}

function encode(text: string, encoding: TextEncoding): Buffer {
  if (encoding === 'windows-1252') return toWindows1252(text);
  return Buffer.from(text, encoding === 'ascii' ? 'latin1' : 'utf8');
}
