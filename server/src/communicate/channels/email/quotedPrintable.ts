const hex = Buffer.from('0123456789ABCDEF');
const [lf, cr, space, tab, equals] = [0x0a, 0x0d, 0x20, 0x09, 0x3d];
/** RFC 2045: 76 characters with the `=` that breaks a line softly. */
const lineLimit = 75;

/** What stands as itself; white space as well, unless it ends a line. */
const plain = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === tab || (byte >= space && byte < 0x7f && byte !== equals) ? 1 : 0,
);

/**
 * Quoted-printable by RFC 2045 §6.7 as it goes over the wire: every line ends in CRLF and has 76 characters at most, no
 * line ends in white space, so that relays have nothing to change and signatures hold. `=` never stands alone, so a
 * boundary that contains `=_` cannot occur.
 */
export function createQuotedPrintable(): (text: string) => Buffer {
  // One piece of memory for all: 100 kB a mail at 1,000 mails a second would be left to the garbage collector.
  let memory = new Uint8Array(256 * 1024);
  return (text) => {
    const input = Buffer.from(text, 'utf8');
    const { length } = input;
    const most = length * 3 + Math.ceil((length * 3) / (lineLimit - 2)) * 3 + 16;
    if (memory.length < most) memory = new Uint8Array(most);
    // Locals throughout: this loop sees every byte of every mail, and closures over its state made it three times slower.
    const out = memory;
    let end = 0;
    let line = 0;
    for (let index = 0; index <= length; ) {
      const byte = index < length ? (input[index] ?? lf) : lf;
      if (plain[byte] === 1) {
        if (line === lineLimit) {
          out[end++] = equals;
          out[end++] = cr;
          out[end++] = lf;
          line = 0;
        }
        out[end++] = byte;
        line += 1;
        index += 1;
        continue;
      }
      const ends = byte === lf || byte === cr;
      const last = line > 0 ? out[end - 1] : 0;
      let code = byte;
      if (ends && (last === space || last === tab)) {
        // White space may not be the last of its line.
        code = last;
        end -= 1;
        line -= 1;
      }
      if (code !== lf && code !== cr) {
        if (line + 3 > lineLimit) {
          out[end++] = equals;
          out[end++] = cr;
          out[end++] = lf;
          line = 0;
        }
        out[end++] = equals;
        out[end++] = hex[code >> 4] ?? 0;
        out[end++] = hex[code & 15] ?? 0;
        line += 3;
      }
      if (ends && (index < length || line > 0)) {
        out[end++] = cr;
        out[end++] = lf;
        line = 0;
      }
      index += byte === cr && input[index + 1] === lf ? 2 : 1;
    }
    return Buffer.from(out.subarray(0, end));
  };
}
