import { saleOn } from '../catalogue/prices.ts';
import type { Random } from '../random/random.ts';

/** How a visit begins: what the address bar and the referrer say. */
export interface Arrival {
  readonly referrer: string;
  /** Query string with its question mark, or ''. */
  readonly search: string;
  /** `context.campaign` as JSON, or ''. */
  readonly campaign: string;
}

const direct: Arrival = { referrer: '', search: '', campaign: '' };
const organic: Arrival = { referrer: 'https://www.google.com/', search: '', campaign: '' };
const seasons = [
  'hiver',
  'hiver',
  'printemps',
  'printemps',
  'printemps',
  'ete',
  'ete',
  'ete',
  'automne',
  'automne',
  'automne',
  'noel',
];

/** Draws where a visitor comes from; subscribers often come from the newsletter. */
export function drawArrival(at: number, newsletter: boolean, random: Random): Arrival {
  const draw = random.next();
  if (newsletter && random.chance(0.34)) return tagged('newsletter', 'email', at, random);
  if (draw < 0.36) return direct;
  if (draw < 0.66) return organic;
  if (draw < 0.76) return { ...tagged('instagram', 'paid-social', at, random), referrer: 'https://l.instagram.com/' };
  if (draw < 0.82) return { ...tagged('facebook', 'paid-social', at, random), referrer: 'https://l.facebook.com/' };
  if (draw < 0.95) return { ...tagged('google', 'cpc', at, random), referrer: 'https://www.google.com/' };
  return { ...tagged('pinterest', 'social', at, random), referrer: 'https://www.pinterest.com/' };
}

function tagged(source: string, medium: string, at: number, random: Random): Arrival {
  const date = new Date(at);
  const theme = saleOn(at) === null ? (seasons[date.getUTCMonth()] ?? 'hiver') : 'soldes';
  const name = `${theme}-${date.getUTCFullYear()}`;
  const content = random.pick(['femme', 'homme', 'maison', 'nouveautes']);
  return {
    referrer: '',
    search: `?utm_source=${source}&utm_medium=${medium}&utm_campaign=${name}&utm_content=${content}`,
    campaign: `{"source":"${source}","medium":"${medium}","name":"${name}","content":"${content}"}`,
  };
}
