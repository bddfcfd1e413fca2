import { expect, it } from 'vitest';
import { differences } from './differences.ts';

const mail = (subject: string, mjml: string) => ({ fr: { subject, preheader: '', mjml } });

it('tells of each text that differs only the lines that do', () => {
  expect(differences(mail('A', 'x\nb\nc\nz'), mail('A', 'x\nB\nz'))).toEqual([
    { place: 'fr › mjml', removed: 'b\nc', added: 'B' },
  ]);
  expect(differences(mail('A', 'x'), mail('B', 'x\ny'))).toEqual([
    { place: 'fr › subject', removed: 'A', added: 'B' },
    { place: 'fr › mjml', removed: '', added: 'y' },
  ]);
  expect(differences(mail('A', 'x'), mail('A', 'x'))).toEqual([]);
});
