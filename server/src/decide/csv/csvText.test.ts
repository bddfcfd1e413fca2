import { expect, it } from 'vitest';
import { writeCsv } from './csvText.ts';

const table = {
  head: ['Source', 'Revenue'],
  rows: [
    ['a;b', 1234.5],
    ['=cmd()', -2],
    ['say "hi", you', null],
  ],
};

it('is written for Excel in French: semicolons, decimal commas, byte order mark', () => {
  expect(writeCsv(table, 'fr')).toBe('\ufeffSource;Revenue\r\n"a;b";1234,5\r\n\'=cmd();-2\r\n"say ""hi"", you";\r\n');
});

it('is written with commas in English, and runs no formula', () => {
  expect(writeCsv(table, 'en')).toBe('Source,Revenue\r\n"a;b",1234.5\r\n\'=cmd(),-2\r\n"say ""hi"", you",\r\n');
});
