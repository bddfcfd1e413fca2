// What Windows-1252 puts where Latin-1 has control characters (code page 1252, bytes 80–9F).
const extra = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Bytes of old tills. A character the code page lacks becomes a question mark, as there. */
export function toWindows1252(text: string): Buffer {
  const bytes = Buffer.allocUnsafe(text.length);
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place);
    if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) bytes[place] = code;
    else {
      const found = extra.indexOf(text[place] ?? '');
      bytes[place] = found < 0 ? 0x3f : 0x80 + found;
    }
  }
  return bytes;
}
