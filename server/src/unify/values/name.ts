/** Words that stay small inside a name. */
const particles = new Set([
  'de',
  'du',
  'des',
  'la',
  'le',
  'les',
  'van',
  'von',
  'der',
  'den',
  'di',
  'da',
  'et',
  'sur',
  'sous',
  'en',
  'of',
]);

const capital = (word: string): string => word.charAt(0).toLocaleUpperCase('fr') + word.slice(1);

/**
 * A name or town written one way: single spaces, no control characters, capitals at the beginning of each part when the
 * source shouts or whispers ("DUPONT-MARTIN", "jean-paul"). Mixed case is somebody's own spelling (McDonald) and stays.
 */
export function normaliseName(raw: string): string {
  const text = raw
    .replaceAll(/\p{Cc}/gu, ' ')
    .normalize('NFC')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const shouting = text === text.toLocaleUpperCase('fr') || text === text.toLocaleLowerCase('fr');
  if (!shouting) return text;
  return text
    .toLocaleLowerCase('fr')
    .split(/([\s\-'’])/)
    .map((part, index) =>
      index > 0 && particles.has(part)
        ? part
        : part.length === 1 && index > 0 && /[\s\-'’]/.test(part)
          ? part
          : capital(part),
    )
    .join('');
}
