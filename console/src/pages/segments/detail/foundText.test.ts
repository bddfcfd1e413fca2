import { expect, it } from 'vitest';
import { makeFormat } from '../../../ui/format/format.ts';
import { foundText } from './foundText.ts';

const format = makeFormat({ locale: 'fr-FR', timeZone: 'Europe/Paris', currency: 'EUR' });
const words = {
  granted: 'accepté',
  denied: 'refusé',
  unknown: 'sans réponse',
  yes: 'oui',
  no: 'non',
  'outside:nothing': 'rien',
  'outside:refused': 'non permis',
  'outside:over': 'terminé',
  'outside:use': 'usage non convenu',
};

it.each([
  ['denied', 'refusé'],
  ['true', 'oui'],
  ['outside:over', 'terminé'],
  ['1234.5', '1 234,5'],
  ['01234', '01234'],
  ['["course","vélo"]', 'course et vélo'],
  ['[pas une liste', '[pas une liste'],
  ['2026-11-20T10:00:00.000Z', '20 nov. 2026, 11:00'],
  ['Lyon', 'Lyon'],
])('%s is read as %s', (found, said) => {
  expect(foundText(found, format, words).replaceAll(/[\u202f\u00a0]/g, ' ')).toBe(said);
});
