import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import jschardet from 'jschardet';
import { unreadable } from './faults.ts';

/**
 * The encoding of a text file from a long sample of its beginning. Valid UTF-8 with at least one accent is UTF-8
 * beyond doubt (other encodings never look so by chance); else statistics decide, with Windows-1252 as the answer
 * for Western text, because short French files mislead them.
 */
export function guessEncoding(sample: Buffer, whole: boolean): string {
  const utf16 = guessUtf16(sample);
  if (utf16 !== null) return utf16;
  if (isUtf8(whole ? sample : sample.subarray(0, lastBreak(sample)))) return 'utf-8';
  // Mostly UTF-8 with damaged bytes: the rows that have them are rejected one by one.
  if (isMostlyUtf8(sample)) return 'utf-8';
  const accents = sampleAround(sample);
  if (looksMacRoman(accents)) return 'macroman';
  const guess = jschardet.detect(accents);
  const name = (guess.encoding ?? '').toLowerCase();
  const western = /^(iso-8859-(1|2|9|15)|windows-125[0247]|ascii|tis-620|maccyrillic|ibm8\d\d)?$/.test(name);
  return western || guess.confidence < 0.9 || !iconv.encodingExists(name) ? 'windows-1252' : name;
}

/** The encoding a person stated, under the name used here. */
export function checkEncoding(name: string): string {
  const known = name.trim().toLowerCase();
  if (/^utf-?8$/.test(known)) return 'utf-8';
  if (/^(latin-?1|iso-?8859-?1)$/.test(known)) return 'windows-1252'; // as every browser reads it: a superset
  if (iconv.encodingExists(known)) return known;
  throw unreadable('encoding_unknown', `The encoding “${name}” is not known. Try utf-8, windows-1252 or utf-16le.`);
}

/** UTF-16 by its byte order mark, or by the zeros that Western text has in every second byte. */
export function guessUtf16(sample: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  const length = Math.min(sample.length, 4096);
  let even = 0;
  let odd = 0;
  for (let index = 0; index < length; index++) if (sample[index] === 0) index % 2 === 0 ? even++ : odd++;
  if (odd > length * 0.2 && even < length * 0.05) return 'utf-16le';
  return even > length * 0.2 && odd < length * 0.05 ? 'utf-16be' : null;
}

// A sample may end inside a character: stop at the last line end.
function lastBreak(sample: Buffer): number {
  const at = sample.lastIndexOf(0x0a);
  return at > 0 ? at : sample.length - 3;
}

/** Ten whole UTF-8 characters for each byte out of place: no other encoding looks so. */
function isMostlyUtf8(sample: Buffer): boolean {
  let whole = 0;
  let broken = 0;
  for (let index = 0; index < sample.length; index++) {
    const byte = sample[index] ?? 0;
    if (byte < 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    if (length > 1 && isUtf8(sample.subarray(index, index + length))) {
      whole++;
      index += length - 1;
    } else broken++;
  }
  return whole > 10 * broken;
}

/** Up to 64 KiB made of the surroundings of non-ASCII bytes: the rest tells nothing about an encoding. */
function sampleAround(sample: Buffer): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  for (let index = 0; index < sample.length && length < 65_536; index++) {
    if ((sample[index] ?? 0) < 0x80) continue;
    const part = sample.subarray(Math.max(0, index - 12), index + 12);
    parts.push(part);
    length += part.length;
    index += 12;
  }
  return Buffer.concat(parts);
}

/** French and English files of old Macs put é è ê à ç ù at 0x80–0x9F, where Windows-1252 has hardly any letter. */
function looksMacRoman(sample: Buffer): boolean {
  const macLetters = new Set([0x87, 0x88, 0x89, 0x8d, 0x8e, 0x8f, 0x90, 0x94, 0x99, 0x9d]);
  let mac = 0;
  let windows = 0;
  for (const [index, byte] of sample.entries()) {
    const inWord = /[a-z]/i.test(
      String.fromCharCode(sample[index - 1] ?? 0) + String.fromCharCode(sample[index + 1] ?? 0),
    );
    if (!inWord) continue;
    if (macLetters.has(byte)) mac++;
    if (byte >= 0xc0) windows++;
  }
  return mac > 3 * windows && mac > 0;
}
