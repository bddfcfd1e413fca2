const firstNames = 'Camille Léa Manon Chloé Emma Lucas Hugo Louis Jules Nathan Inès Zoé Hélène Paul Marc Anne'.split(
  ' ',
);
const lastNames =
  'Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefebvre Michel Garcia David Bertrand Roux Vincent Fournier'.split(
    ' ',
  );
const towns = [
  ['75011', 'Paris'],
  ['69002', 'Lyon'],
  ['33000', 'Bordeaux'],
  ['44000', 'Nantes'],
  ['59000', 'Lille'],
  ['31000', 'Toulouse'],
] as const;
const streets = ['rue Pasteur', 'avenue Jean Jaurès', 'rue Victor Hugo', 'place du Marché', 'chemin des Vignes'];

export const doublesMapping: Readonly<Record<string, string>> = {
  id: 'crm_id',
  first: 'first_name',
  last: 'last_name',
  birth: 'birthday',
  email: 'email',
  phone: 'phone',
  street: 'street',
  code: 'postal_code',
  city: 'city',
  country: 'country',
};

/** A repeatable source of numbers below `limit` (Park and Miller, 1988). */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
}

const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^a-zA-Z]/g, '')
    .toLowerCase();

/** A file of people of whom every fifth is in it twice, the second time with less, or spelt otherwise. */
export function writeDoubles(people = 600): string {
  const below = numbers(20_261_122);
  const pick = <T>(all: readonly T[]): T => {
    const one = all[below(all.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  };
  const lines = [Object.keys(doublesMapping).join(',')];
  for (let at = 0; at < people; at++) {
    const [first, last, [code, city]] = [pick(firstNames), pick(lastNames), pick(towns)];
    const two = (value: number): string => String(value).padStart(2, '0');
    const birth = `${1940 + below(65)}-${two(1 + below(12))}-${two(1 + below(28))}`;
    const street = `${1 + below(140)} ${pick(streets)}`;
    const phone = `+336${String(10_000_000 + below(89_999_999))}`;
    const email = `${fold(first)}.${fold(last)}${below(900)}@courriel.example`;
    lines.push([`a${at}`, first, last, birth, email, phone, street, code, city, 'FR'].join(','));
    if (at % 5 > 0) continue;
    const spelt = below(3) === 0 ? last.replace(/(.)(.)$/, '$2$1') : last;
    const moved = below(2) === 0;
    const otherTown = pick(towns);
    const [code2, city2] = moved ? otherTown : [code, city];
    const street2 = moved ? `${1 + below(140)} ${pick(streets)}` : street;
    lines.push(
      [
        `b${at}`,
        first,
        spelt,
        below(3) === 0 ? '' : birth,
        below(2) === 0 ? '' : `${fold(first)}${fold(last)}@poste.example`.replace('@', `${at}@`),
        '',
        street2,
        code2,
        city2,
        'FR',
      ].join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}
