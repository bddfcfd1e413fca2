import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { Fault } from '../../platform/index.ts';
import type { FeedRecord } from './product.ts';
import { toFieldName } from './toProduct.ts';

const maxRowChars = 2_000_000;

/** The mark that splits the header line best. Merchant text feeds use tabs. */
const guessDelimiter = (header: string): string => {
  const counts = ['\t', ';', ',', '|'].map((mark) => ({ mark, count: header.split(mark).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark;
};

async function* untilHeader(chunks: AsyncIterator<string>): AsyncGenerator<string> {
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
}

/** Rows of a tab-separated (or comma, semicolon, bar) product feed with Merchant field names in its first line. */
export async function* readDelimitedFeed(chunks: AsyncIterable<string>): AsyncGenerator<FeedRecord> {
  const source = chunks[Symbol.asyncIterator]();
  let head = '';
  while (!/[\r\n]/.test(head) && head.length < maxRowChars) {
    const next = await source.next();
    if (next.done) break;
    head += next.value;
  }
  if (head.trim() === '') throw new Fault('invalid', 'collect.feed_broken', 'The feed is empty.');
  const delimiter = guessDelimiter(head.split(/[\r\n]/, 1)[0] ?? '');
  async function* whole() {
    yield head;
    yield* untilHeader(source);
  }
  const parser = parse({
    delimiter,
    bom: true,
    // A lone " inside a value is an inch mark.
    relax_quotes: true,
    columns: (titles: string[]) => titles.map(toFieldName),
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: maxRowChars,
  });
  // `pipeline` hands a failure of the source to the parser, so the loop below throws it.
  const rows = pipeline(Readable.from(whole()), parser, () => {});
  try {
    for await (const row of rows as AsyncIterable<Record<string, string>>) yield row;
  } catch (error) {
    if (error instanceof Fault) throw error;
    const reason = error instanceof Error ? error.message : 'unknown';
    throw new Fault('invalid', 'collect.feed_broken', `The feed cannot be split into rows: ${reason}`, {
      cause: error,
    });
  }
}
