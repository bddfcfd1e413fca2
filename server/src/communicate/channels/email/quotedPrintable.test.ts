import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createQuotedPrintable } from './quotedPrintable.ts';

const quote = createQuotedPrintable();

/** The rules of RFC 2045 §6.7 read backwards, by another way than ours. */
const unquote = (wire: string): string =>
  Buffer.from(
    wire
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  ).toString('utf8');

const unit = fc.constantFrom(
  'a',
  ' ',
  '\t',
  '=',
  '.',
  'é',
  '漢',
  '👍',
  '\n',
  '\r\n',
  '\r',
  '=_',
  'x'.repeat(74),
  ' '.repeat(76),
  '\0',
);

describe('quoted-printable', () => {
  it('keeps any text, in lines that no relay has to change', () => {
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        const wire = quote(text).toString('latin1');
        expect(wire).not.toMatch(/[^\t\r\n\x20-\x7e]/);
        expect(wire === '' || wire.endsWith('\r\n')).toBe(true);
        for (const line of wire.split('\r\n')) {
          expect(line.length).toBeLessThan(77);
          expect(line).not.toMatch(/[\t ]$|[\r\n]/);
        }
        const lines = text.replace(/\r\n|\r|\n/g, '\r\n');
        expect(unquote(wire)).toBe(lines === '' || lines.endsWith('\r\n') ? lines : `${lines}\r\n`);
      }),
      { numRuns: 500 },
    );
  });

  it('never makes a boundary of ours', () => {
    expect(quote('--=_7-1abc').toString()).toBe('--=3D_7-1abc\r\n');
  });
});
