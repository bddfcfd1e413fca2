import { isUtf8 } from 'node:buffer';
import { gunzipSync } from 'node:zlib';
import { collectionLimits } from '@vitrail/contracts';
import type { Refusal } from './refusal.ts';

const { batchBytes } = collectionLimits;

export const tooLarge: Refusal = {
  refused: 'too_large',
  detail: `The body is over ${batchBytes / 1024} KB of JSON. Send smaller batches.`,
};

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
const hasBom = (bytes: Buffer): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

function gunzip(bytes: Buffer): Buffer | Refusal {
  try {
    // zlib stops as soon as the output passes the limit, so a bomb costs no more than an honest full batch (~1.5 ms).
    return gunzipSync(bytes, { maxOutputLength: batchBytes });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return tooLarge;
    return {
      refused: 'broken_gzip',
      detail: 'The body starts like gzip and cannot be unpacked. Send it whole, or as plain JSON.',
    };
  }
}

/**
 * The JSON bytes of a request body. Gzip is recognised by its first bytes, because real clients label it form-urlencoded
 * or nothing at all. Bytes that are not UTF-8 become U+FFFD, a byte order mark is taken off: PostgreSQL `text` takes the result.
 */
export function unpackBody(body: Buffer): Buffer | Refusal {
  if (body.length === 0) return { refused: 'empty', detail: 'The request has no body. Send JSON.' };
  let bytes = body;
  if (isGzip(body)) {
    const unpacked = gunzip(body);
    if (!Buffer.isBuffer(unpacked)) return unpacked;
    bytes = unpacked;
  }
  if (bytes.length > batchBytes) return tooLarge;
  if (hasBom(bytes)) bytes = bytes.subarray(3);
  return isUtf8(bytes) ? bytes : Buffer.from(bytes.toString('utf8'));
}
