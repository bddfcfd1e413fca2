const en = {
  send: 'Send',
  next: 'Next',
  back: 'Back',
  spin: 'Spin the wheel',
  step: 'Question {n} of {all}',
  chances: 'Chances',
  out: 'none left',
  thanks: 'Thank you',
  confirm: 'We are sending you a message: press its button to confirm.',
  code: 'Your code',
  waits: 'Your code is on the page that its button opens.',
  won: 'You won: {what}',
  lost: 'Not this time: {what}',
  check: 'Please check: {what}',
  failed: 'That did not get through. Please try again.',
  busy: 'Too many answers came from here. Please try again in a few minutes.',
};
const fr: typeof en = {
  send: 'Envoyer',
  next: 'Suivant',
  back: 'Retour',
  spin: 'Faire tourner la roue',
  step: 'Question {n} sur {all}',
  chances: 'Chances',
  out: 'épuisé',
  thanks: 'Merci',
  confirm: 'Nous vous envoyons un message\u202f: appuyez sur son bouton pour confirmer.',
  code: 'Votre code',
  waits: 'Votre code est sur la page qu’ouvre son bouton.',
  won: 'Gagné\u202f: {what}',
  lost: 'Pas cette fois\u202f: {what}',
  check: 'Vérifiez\u202f: {what}',
  failed: 'L’envoi n’a pas abouti. Réessayez.',
  busy: 'Trop de réponses sont venues d’ici. Réessayez dans quelques minutes.',
};

export type AskWords = typeof en;
export const wordsIn = (language: string): AskWords => (language.startsWith('fr') ? fr : en);
export const fill = (text: string, parts: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(parts[name] ?? ''));
