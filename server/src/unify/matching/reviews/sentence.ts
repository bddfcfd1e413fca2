import type { MatchExplanation, ReviewDetail } from '@vitrail/contracts';

type Fields = ReviewDetail['fields'];

/** A field as a sentence names it. French nouns carry their article and gender. */
const words: Readonly<Record<string, { en: string; fr: string; gender: 'm' | 'f' }>> = {
  first_name: { en: 'first name', fr: 'prénom', gender: 'm' },
  last_name: { en: 'last name', fr: 'nom', gender: 'm' },
  birth_date: { en: 'date of birth', fr: 'date de naissance', gender: 'f' },
  email: { en: 'e-mail', fr: 'e-mail', gender: 'm' },
  phone: { en: 'telephone', fr: 'téléphone', gender: 'm' },
  street: { en: 'street', fr: 'rue', gender: 'f' },
  postal_code: { en: 'postal code', fr: 'code postal', gender: 'm' },
  city: { en: 'town', fr: 'ville', gender: 'f' },
  country: { en: 'country', fr: 'pays', gender: 'm' },
  name: { en: 'name', fr: 'nom', gender: 'm' },
  domain: { en: 'domain', fr: 'domaine', gender: 'm' },
  registration: { en: 'registration number', fr: 'numéro d’immatriculation', gender: 'm' },
  user_id: { en: 'account', fr: 'compte', gender: 'm' },
  loyalty_card: { en: 'loyalty card', fr: 'carte de fidélité', gender: 'f' },
  crm_id: { en: 'CRM number', fr: 'numéro CRM', gender: 'm' },
};
/** Bits by which a shared value must be rarer than usual to be called rare. */
const rareBits = 2;
/** Said of the town or the country adds nothing when the street says it. */
const minor: ReadonlySet<string> = new Set(['country', 'city', 'postal_code']);

const named = (field: string) =>
  words[field] ?? { en: field.replaceAll('_', ' '), fr: field.replaceAll('_', ' '), gender: 'm' as const };

const join = (items: readonly string[], and: string): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1) ?? ''}`;

/** Why two records may be one, in one sentence of each language. No values: only fields. */
export function describeMatch(
  fields: Fields,
  explanation: MatchExplanation | null,
  options: { readonly household: boolean; readonly veto: string | null },
): { en: string; fr: string } {
  const rare = new Set(
    explanation?.steps
      .filter(({ kind, stranger }) => kind === 'term_frequency' && stranger >= rareBits)
      .map(({ field }) => field),
  );
  const known = fields.filter(({ difference }) => difference !== 'one_blank' && difference !== 'both_blank');
  const telling = known.filter(({ field }) => !minor.has(field));
  const shown = telling.length > 0 ? telling : known;
  const pick = (difference: string): string[] =>
    shown.filter((each) => each.difference === difference).map(({ field }) => field);
  const [same, similar, different] = [pick('same'), pick('similar'), pick('different')];
  const en = [
    same.length > 0
      ? `same ${join(
          same.map((field) => `${rare.has(field) ? 'rare ' : ''}${named(field).en}`),
          'and',
        )}`
      : '',
    similar.length > 0
      ? `similar ${join(
          similar.map((field) => named(field).en),
          'and',
        )}`
      : '',
    different.length > 0
      ? `${join(
          different.map((field) => named(field).en),
          'and',
        )} ${different.length > 1 ? 'differ' : 'differs'}`
      : '',
  ];
  const fr = [
    same.length > 0
      ? join(
          same.map((field) => {
            return `même ${named(field).fr}${rare.has(field) ? ' rare' : ''}`;
          }),
          'et',
        )
      : '',
    similar.length > 0
      ? `${join(
          similar.map((field) => named(field).fr),
          'et',
        )} ${similar.length > 1 ? 'proches' : 'proche'}`
      : '',
    different.length > 0
      ? `${join(
          different.map((field) => named(field).fr),
          'et',
        )} ${agree(different)}`
      : '',
  ];
  const [enEnd, frEnd] = caution(options);
  return {
    en: `${sentence(en, 'Nothing in common is known', '; ')}.${enEnd}`,
    fr: `${sentence(fr, 'Rien de commun n’est connu', '\u202f; ')}.${frEnd}`,
  };
}

const agree = (fields: readonly string[]): string => {
  const feminine = fields.every((field) => named(field).gender === 'f');
  return `différent${feminine ? 'e' : ''}${fields.length > 1 ? 's' : ''}`;
};

function sentence(parts: readonly string[], otherwise: string, between: string): string {
  const said = parts.filter((part) => part !== '').join(between);
  return said === '' ? otherwise : said.charAt(0).toUpperCase() + said.slice(1);
}

const vetoes: Readonly<Record<string, readonly [string, string]>> = {
  exclusive_differs: [
    ' Each has an identifier of which a person has only one.',
    ' Chacun a un identifiant qu’une personne n’a qu’une fois.',
  ],
  birth_dates_apart: [' Their dates of birth lie apart.', ' Leurs dates de naissance sont éloignées.'],
  too_large: [
    ' Together they would be an unusually large group.',
    ' Ensemble, ils formeraient un groupe inhabituellement grand.',
  ],
  weak_chain: [' Only one weak link holds the two groups together.', ' Un seul lien faible réunit les deux groupes.'],
  identifier_limit: [
    ' Together they would have more identifiers than a person may have.',
    ' Ensemble, ils auraient plus d’identifiants qu’une personne ne peut en avoir.',
  ],
};

function caution({ household, veto }: { household: boolean; veto: string | null }): readonly [string, string] {
  const told = veto === null ? undefined : vetoes[veto];
  if (told !== undefined) return told;
  return household
    ? [
        ' They share a home: it may be two people who live together.',
        ' Ils partagent un foyer : ce sont peut-être deux personnes qui vivent ensemble.',
      ]
    : ['', ''];
}
