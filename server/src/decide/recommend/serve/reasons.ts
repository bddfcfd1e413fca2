import type { RecommendationReasonKind } from '@vitrail/contracts';

type Phrase = (title: string) => string;
const fixed =
  (text: string): Phrase =>
  () =>
    text;

const english: Readonly<Record<RecommendationReasonKind, Phrase>> = {
  popular: fixed('Popular at the moment'),
  trending: fixed('In demand this week'),
  most_viewed: fixed('Much looked at'),
  similar_to: (title) => `Similar to ${title}`,
  bought_with: (title) => `Often bought with ${title}`,
  because_bought: (title) => `Because you bought ${title}`,
  because_viewed: (title) => `Because you looked at ${title}`,
  because_cart: (title) => `Goes with ${title} in your cart`,
  searched: fixed('Matches your search'),
  recently_viewed: fixed('You looked at this'),
  alternative_to: (title) => `In place of ${title}`,
  back_in_stock: fixed('Back in stock'),
  pinned: fixed('Our choice'),
  new: fixed('New'),
};

const french: Readonly<Record<RecommendationReasonKind, Phrase>> = {
  popular: fixed('Populaire en ce moment'),
  trending: fixed('Très demandé cette semaine'),
  most_viewed: fixed('Très regardé'),
  similar_to: (title) => `Semblable à ${title}`,
  bought_with: (title) => `Souvent acheté avec ${title}`,
  because_bought: (title) => `Parce que vous avez acheté ${title}`,
  because_viewed: (title) => `Parce que vous avez regardé ${title}`,
  because_cart: (title) => `Va avec ${title} de votre panier`,
  searched: fixed('Correspond à votre recherche'),
  recently_viewed: fixed('Vous l’avez regardé'),
  alternative_to: (title) => `À la place de ${title}`,
  back_in_stock: fixed('De retour en stock'),
  pinned: fixed('Notre choix'),
  new: fixed('Nouveauté'),
};

/** What is taken when nothing says more: not popular, only there. */
const fromCatalogue = { en: 'From our shelves', fr: 'Dans nos rayons' } as const;

/** Why a product is shown, as a customer reads it. A product without a title is passed over. */
export function reasonText(
  kind: RecommendationReasonKind,
  lang: 'en' | 'fr',
  { title, ranked }: { title: string | null; ranked: boolean },
): string {
  if (kind === 'popular' && !ranked) return fromCatalogue[lang];
  const phrases = lang === 'fr' ? french : english;
  return phrases[kind](title ?? (lang === 'fr' ? 'un article' : 'a product'));
}
