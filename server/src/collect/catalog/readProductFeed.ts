import { createReadStream } from 'node:fs';
import { decodeFeed } from './decodeFeed.ts';
import type { FeedRecord, ProductReading } from './product.ts';
import { readDelimitedFeed } from './readDelimitedFeed.ts';
import { readXmlFeed } from './readXmlFeed.ts';
import { type ProductOptions, toProduct } from './toProduct.ts';

export interface FeedRow {
  /** Products counted from 1, refused ones too. */
  readonly row: number;
  /** Bytes of the file read so far. */
  readonly bytesRead: number;
  readonly record: FeedRecord;
  readonly reading: ProductReading;
}

/** Nothing of the start may be lost while looking at it. */
async function* withFirst(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

/**
 * Reads a product feed from a file: Google Merchant XML (RSS 2.0 or Atom) or delimited text (TSV, CSV), gzipped or not,
 * in constant memory. Each product comes checked; a bad one carries its reason and the reading goes on. A file that
 * cannot be read to its end throws a `Fault` (`collect.feed_broken`) where it breaks: rows before it have been given.
 */
export async function* readProductFeed(path: string, options: ProductOptions): AsyncGenerator<FeedRow> {
  const file = createReadStream(path);
  const chunks = decodeFeed(file);
  try {
    let head = '';
    while (head.trim() === '') {
      const next = await chunks.next();
      if (next.done) break;
      head += next.value;
    }
    const isXml = head.trimStart().startsWith('<');
    const records = isXml ? readXmlFeed(withFirst(head, chunks)) : readDelimitedFeed(withFirst(head, chunks));
    let row = 0;
    for await (const record of records) {
      row += 1;
      yield { row, bytesRead: file.bytesRead, record, reading: toProduct(record, options) };
    }
  } finally {
    file.destroy();
  }
}
