import { pipeline, Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';
import { Fault } from '../../platform/index.ts';

const brokenFile = (detail: string, cause?: unknown) =>
  new Fault('invalid', 'collect.feed_broken', `The feed cannot be read: ${detail}.`, { cause });

/** A gzip file may grow this much before it is taken for a bomb: real feeds compress 10 to 30 times. */
const maxGrowth = 200;
const smallFeed = 50_000_000;

async function* unzip(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let packed = 0;
  async function* counted() {
    packed += first.length;
    yield first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      packed += next.value.length;
      yield next.value;
    }
  }
  // A failure, of the source too, comes out of the loop below.
  const gunzip = pipeline(Readable.from(counted()), createGunzip(), () => {});
  let unpacked = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      unpacked += chunk.length;
      if (unpacked > smallFeed && unpacked > packed * maxGrowth) throw brokenFile('it unpacks to far more than a feed');
      yield chunk;
    }
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw brokenFile('its gzip data is damaged or cut off', error);
  }
}

/** The encoding a byte order mark or an XML declaration states; UTF-8 when there is none. */
function findEncoding(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const start = new TextDecoder('latin1').decode(head.subarray(0, 200));
  return /^(?:ï»¿)?\s*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']/.exec(start)?.[1] ?? 'utf-8';
}

/** Text of a feed in pieces: gzip undone, encoding read from the file itself. Throws a `Fault` when either fails. */
export async function* decodeFeed(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const raw = source[Symbol.asyncIterator]();
  const first = await raw.next();
  if (first.done) return;
  const zipped = first.value[0] === 0x1f && first.value[1] === 0x8b;
  let bytes: AsyncIterator<Uint8Array, unknown> = raw;
  let chunk: IteratorResult<Uint8Array, unknown> = first;
  if (zipped) {
    bytes = unzip(first.value, raw);
    chunk = await bytes.next();
  }
  let decoder: TextDecoder | null = null;
  try {
    for (; !chunk.done; chunk = await bytes.next()) {
      if (decoder === null) {
        const encoding = findEncoding(chunk.value);
        try {
          decoder = new TextDecoder(encoding, { fatal: true });
        } catch (error) {
          throw brokenFile(`its encoding ${encoding} is not known`, error);
        }
      }
      yield decoder.decode(chunk.value, { stream: true });
    }
    yield decoder?.decode() ?? '';
  } catch (error) {
    if (error instanceof Fault || !(error instanceof TypeError)) throw error;
    throw brokenFile(`it is not in the encoding ${decoder?.encoding} it should be in`, error);
  } finally {
    await bytes.return?.();
  }
}
