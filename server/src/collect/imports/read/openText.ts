import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import type { Bytes } from './openBytes.ts';

export interface TextChunk {
  readonly text: string;
  /** True when bytes of this chunk made no sense in the encoding: `\ufffd` stands in their place. */
  readonly damaged: boolean;
}

/** Decodes a file chunk by chunk; characters cut between chunks stay whole, a byte order mark is left out. */
export async function* openText(bytes: Bytes, encoding: string): AsyncIterable<TextChunk> {
  const decode = encoding === 'utf-8' ? utf8Decoder() : otherDecoder(encoding);
  let first = true;
  for await (const chunk of bytes.chunks()) {
    const decoded = decode(chunk, false);
    yield clean(decoded, first);
    if (decoded.text !== '') first = false;
  }
  const rest = decode(Buffer.alloc(0), true);
  if (rest.text !== '') yield clean(rest, first);
}

// NUL can stand in no PostgreSQL text, and no real export means one.
function clean(chunk: TextChunk, first: boolean): TextChunk {
  let { text } = chunk;
  if (first && text.charCodeAt(0) === 0xfeff) text = text.slice(1);
  if (text.includes('\0')) text = text.replaceAll('\0', '');
  return text === chunk.text ? chunk : { text, damaged: chunk.damaged };
}

type Decode = (chunk: Buffer, last: boolean) => TextChunk;

function utf8Decoder(): Decode {
  let carried: Buffer = Buffer.alloc(0);
  return (chunk, last) => {
    const bytes = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
    const end = last ? bytes.length : wholeCharacters(bytes);
    carried = bytes.subarray(end);
    const whole = bytes.subarray(0, end);
    return { text: whole.toString('utf8'), damaged: !isUtf8(whole) };
  };
}

/** Where the last complete UTF-8 character of the buffer ends. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needs > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

function otherDecoder(encoding: string): Decode {
  const decoder = iconv.getDecoder(encoding);
  return (chunk, last) => {
    const text = decoder.write(chunk) + (last ? (decoder.end() ?? '') : '');
    return { text, damaged: text.includes('\ufffd') };
  };
}
