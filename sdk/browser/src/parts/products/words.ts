import type { RichBlock } from '../../experiences/payload.ts';

type Proof = Extract<RichBlock, { type: 'social_proof' }>;
type Loyalty = Extract<RichBlock, { type: 'loyalty' }>;

/** What the blocks say by themselves, in a language. */
export interface Words {
  before: string;
  remaining: string;
  stars(average: string, reviews: string): string;
  proof(proof: Proof, people: string): string;
  basis(proof: Proof, minimum: string): string;
  points(loyalty: Loyalty, points: string): string;
  next(name: string, missing: string): string;
}

const en: Words = {
  before: 'Before',
  remaining: 'still to go',
  stars: (average, reviews) => `${average} out of 5${reviews === '0' ? '' : `, ${reviews} reviews`}`,
  proof({ act, hours }, people) {
    const acts = { bought: 'bought this', viewed: 'looked at this', carted: 'put this in their basket' };
    const span = hours === 1 ? 'hour' : hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
    return `${people} people ${acts[act]} in the last ${span}`;
  },
  basis: (_, minimum) => `Counted, not estimated; said from ${minimum} people on`,
  points: ({ tier }, points) => `You have ${points} points${tier === null ? '' : ` · ${tier}`}`,
  next: (name, missing) => `${missing} more to reach ${name}`,
};

const fr: Words = {
  before: 'Avant',
  remaining: 'encore à atteindre',
  stars: (average, reviews) => `${average} sur 5${reviews === '0' ? '' : `, ${reviews} avis`}`,
  proof({ act, hours }, people) {
    const acts = { bought: 'acheté cet article', viewed: 'regardé cet article', carted: 'mis cet article au panier' };
    const span =
      hours === 1
        ? 'au cours de la dernière heure'
        : hours < 48
          ? `au cours des ${hours} dernières heures`
          : `au cours des ${Math.round(hours / 24)} derniers jours`;
    return `${people} personnes ont ${acts[act]} ${span}`;
  },
  basis: (_, minimum) => `Compté, non estimé\u202f; dit à partir de ${minimum} personnes`,
  points: ({ tier }, points) => `Vous avez ${points} points${tier === null ? '' : ` · ${tier}`}`,
  next: (name, missing) => `Encore ${missing} pour atteindre ${name}`,
};

export const wordsIn = (language: string): Words => (language.startsWith('fr') ? fr : en);
