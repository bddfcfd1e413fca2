import { expect, it } from 'vitest';
import { segmentDefinitionSchema } from '../segmentDefinition.ts';
import { describeSegment } from './index.ts';

const names = { currency: 'EUR', lookalikes: { 7: 'Like VIPs' } };
const spaces = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

it.each([
  [
    { kind: 'prediction', field: 'churn', test: { op: 'gte', value: 0.7 } },
    'Everyone whose probability of leaving is at least 70%.',
    'Toute personne dont la probabilité de départ vaut au moins 70 %.',
  ],
  [
    { kind: 'not', of: { kind: 'prediction', field: 'value_365', test: { op: 'lt', value: 300 } } },
    'Everyone whose revenue expected in a year is at least €300 (or there is none).',
    'Toute personne dont le chiffre d’affaires attendu en un an vaut au moins 300 € (ou n’existe pas).',
  ],
  [
    { kind: 'next_order', test: { type: 'date', op: 'in_next', n: 14, unit: 'day' } },
    'Everyone whose expected next order is in the next 14 days.',
    'Toute personne dont la prochaine commande attendue tombe dans les 14 prochains jours.',
  ],
  [
    { kind: 'tier', in: ['top', 'high'] },
    'Everyone whose predicted value is “best tenth” or “high”.',
    'Toute personne dont la valeur prévue est « meilleur dixième » ou « haute ».',
  ],
  [
    { kind: 'not', of: { kind: 'preferred_channel', in: ['email'] } },
    'Everyone whose preferred channel is not “e-mail”.',
    'Toute personne dont le canal préféré n’est pas « e-mail ».',
  ],
  [
    { kind: 'appetence', dimension: 'category', in: ['Boots'] },
    'Everyone who is drawn to the category “Boots” among their first 3.',
    'Toute personne qui est attirée par la catégorie « Boots » parmi ses 3 premières préférences.',
  ],
  [
    { kind: 'lookalike', lookalike: '7' },
    'Everyone who is in the lookalike audience “Like VIPs”.',
    'Toute personne qui fait partie des profils semblables « Like VIPs ».',
  ],
])('%j is said in both languages', (definition, english, french) => {
  const node = segmentDefinitionSchema.parse(definition);
  expect(spaces(describeSegment(node, 'en', names))).toBe(english);
  expect(spaces(describeSegment(node, 'fr', names))).toBe(french);
});
