/** The carriers' own lists in English and French, which end text messages alone or before a word or two. */
const stopWords = new Set([
  'stop',
  'stopall',
  'stopsms',
  'unsubscribe',
  'optout',
  'arret',
  'arrete',
  'arreter',
  'desabonner',
  'desabonnement',
  'desinscription',
  'desinscrire',
  'resilier',
]);
/** Words that also begin other sentences: they count alone. */
const loneWords = new Set(['cancel', 'end', 'quit', 'revoke', 'fin', 'annuler']);

/** How people say yes to a question by text, in English and French. */
const yesWords = new Set(['yes', 'oui', 'ok', 'y', 'o', 'start', 'unstop', 'confirm', 'confirmer', 'accord']);

/** Words without case, accents and punctuation. */
const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .split(' ');

/** STOP, "Arrêt", "stop sms", "STOP 36179"; not a sentence that only contains such a word. */
export function isStop(text: string): boolean {
  const words = wordsOf(text);
  const [first = '', second = ''] = words;
  if (words.length === 1 && loneWords.has(first)) return true;
  const stops =
    stopWords.has(first) || (first === 'opt' && second === 'out') || (first === 'se' && stopWords.has(second));
  return stops && words.length <= 3;
}

/** YES, "Oui merci", "ok": a yes of at most two words, so that nothing longer is taken for one. */
export function isYes(text: string): boolean {
  const words = wordsOf(text);
  const [first = ''] = words;
  return yesWords.has(first) && words.length <= 2 && !words.includes('non') && !words.includes('no');
}
