import { expect, it } from 'vitest';
import { isStop, isYes } from './stopWords.ts';

it.each([
  'STOP',
  'stop',
  ' Stop. ',
  'STOP 36179',
  'Arrêt',
  'arrete',
  'Désabonnement',
  'stop sms',
  'Stop merci',
  'UNSUBSCRIBE',
  'opt out',
  'Se désabonner',
  'FIN',
  'Cancel',
])('hears that people want no more: %s', (text) => expect(isStop(text)).toBe(true));

it.each([
  'Bonjour',
  'ne stop pas',
  "Je passe à la boutique, c'est bientôt la fin",
  'fin du mois',
  'cancel my order 12',
  'stop by the shop tomorrow',
  '',
  '🛑',
])('does not take a sentence for it: %s', (text) => expect(isStop(text)).toBe(false));

it.each(['OUI', 'oui', 'Yes!', 'Oui merci', 'ok', 'accord'])('hears a yes: %s', (text) =>
  expect(isYes(text)).toBe(true),
);

it.each(['non', 'oui non', 'oui mais pas maintenant', 'ok je verrai', 'yes no', ''])(
  'does not take for a yes: %s',
  (text) => expect(isYes(text)).toBe(false),
);
