import { domainToASCII } from 'node:url';

/** Header fields of a mail, ready for the wire. */

/** RFC 2047 §2: neither an encoded word nor a line that holds one may be longer. */
const [longestWord, longestLine] = [75, 76];
const foldAt = 76;

/** The one place a value passes on its way into a header: nothing that ends a line gets through. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not get in
const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();

const isPlain = (text: string): boolean =>
  /^[\x20-\x7e]*$/.test(text) && !text.includes('=?') && !/[^ ]{70,}/.test(text);

/** RFC 2047: words of base64, cut between characters; `taken` characters stand before the first one. */
function encodeWords(text: string, taken: number): string {
  const bytesFor = (room: number): number => Math.floor((Math.min(room, longestWord) - 12) / 4) * 3;
  const words: string[] = [];
  let [word, bytes, most] = ['', 0, bytesFor(longestLine - taken)];
  for (const character of text.toWellFormed()) {
    const size = Buffer.byteLength(character);
    if (bytes + size > most) {
      words.push(word);
      [word, bytes, most] = ['', 0, bytesFor(longestLine - 1)];
    }
    word += character;
    bytes += size;
  }
  words.push(word);
  return words.map((part) => `=?utf-8?B?${Buffer.from(part).toString('base64')}?=`).join('\r\n ');
}

function fold(name: string, text: string): string {
  let [line, folded] = [`${name}:`, ''];
  for (const word of text.split(' ')) {
    if (line.length + word.length + 1 > foldAt && line.trim() !== '' && line !== `${name}:`) {
      folded += `${line}\r\n`;
      line = '';
    }
    line += ` ${word}`;
  }
  return folded + line;
}

/** Free text: a subject. */
export function textHeader(name: string, value: string): string {
  const text = oneLine(value);
  return isPlain(text) ? fold(name, text) : `${name}: ${encodeWords(text, name.length + 2)}`;
}

/** A value of our own making that may not be re-coded: a list of links, a message id. */
export const plainHeader = (name: string, parts: readonly string[]): string =>
  `${name}: ${parts.map(oneLine).join(',\r\n ')}`;

/** `"Name" <address>`. */
export function mailboxHeader(name: string, displayName: string, address: string): string {
  const text = oneLine(displayName);
  if (text === '') return `${name}: <${address}>`;
  const shown = isPlain(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : encodeWords(text, name.length + 2);
  return `${name}: ${shown}${name.length + shown.length + address.length > foldAt ? '\r\n' : ''} <${address}>`;
}

/** `"Name" <address>` as one value, for interfaces that write the header themselves. */
export const mailbox = ({ name, address }: { readonly name: string; readonly address: string }): string =>
  mailboxHeader('', name, address).slice(2).replace(/\r\n/g, '');

/**
 * An address for headers and envelope, its domain in ASCII; null for what is none: spaces, brackets, control
 * characters, quotes, several addresses.
 */
export function cleanAddress(address: string): string | null {
  const [, local, domain] = /^([^\s<>()[\],;:\\"@\p{C}]{1,64})@([^\s<>()[\],;:\\"@\p{C}]{1,253})$/u.exec(address) ?? [];
  if (local === undefined || domain === undefined) return null;
  const ascii = domainToASCII(domain);
  return ascii === '' || !ascii.includes('.') ? null : `${local}@${ascii}`;
}
