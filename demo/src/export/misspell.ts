import type { Random } from '../random/random.ts';

/** Each letter followed by its neighbours on a French keyboard. */
const keyboard =
  'aqz bvn cxv dsf erz fdg gfh hgj iuo jhk kjl lkm mln nbm oip pom qas ret sqd try uyi vcb wxq xwc ytu zae';
const neighbours: ReadonlyMap<string, string> = new Map(
  keyboard.split(' ').map((keys) => [keys.charAt(0), keys.slice(1)]),
);

/** One slip of the fingers: a letter left out, doubled, swapped with the next, or its neighbour on the keyboard. */
export function misspell(text: string, random: Random): string {
  if (text.length < 4) return text;
  const place = 1 + random.int(text.length - 2);
  const letter = text[place] ?? '';
  switch (random.int(4)) {
    case 0:
      return text.slice(0, place) + text.slice(place + 1);
    case 1:
      return text.slice(0, place) + letter + text.slice(place);
    case 2:
      return text.slice(0, place) + (text[place + 1] ?? '') + letter + text.slice(place + 2);
    default:
      return (
        text.slice(0, place) + random.pick([...(neighbours.get(letter.toLowerCase()) ?? 'e')]) + text.slice(place + 1)
      );
  }
}

/** How names arrive from a form: as they should, in capitals, in small letters, without accents. */
export function writeName(name: string, random: Random): string {
  const draw = random.next();
  if (draw < 0.78) return name;
  if (draw < 0.87) return name.toUpperCase();
  if (draw < 0.92) return name.toLowerCase();
  return name.normalize('NFD').replace(/\p{Diacritic}/gu, '');
}
