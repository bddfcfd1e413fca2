import type { Life } from '../life/planLife.ts';
import { Random, streams } from '../random/random.ts';
import { csvLine } from './csv.ts';

export const newsletterMapping: Readonly<Record<string, string>> = {
  email: 'email',
  opt_in: 'consent.newsletter',
  date: 'updated_at',
  source: 'trait.newsletter_source',
  language: 'language',
};

export const newsletterHeader = csvLine(Object.keys(newsletterMapping), ';');

/** The subscriber list of the e-mail tool; people who left are still on it, with their no. Null for people never on it. */
export function newsletterLine(seed: number, life: Life, today: number): { email: string; line: string } | null {
  const { person, subscribedAt } = life;
  if (subscribedAt === null || subscribedAt >= today || person.sharesEmail) return null;
  const random = new Random(seed, streams.newsletter, person.index);
  const left = random.chance(0.14);
  const at = left ? subscribedAt + random.next() * (today - subscribedAt) : subscribedAt;
  const former = person.formerEmail !== null && random.chance(0.3);
  const email = former ? (person.formerEmail ?? person.email) : person.email;
  const source = random.pick(['pied de page', 'pop-up', 'commande', 'magasin', 'jeu-concours']);
  const written = random.chance(0.04) ? email.toUpperCase() : email;
  const date = new Date(at).toISOString().slice(0, 10);
  return { email, line: csvLine([written, left ? 'non' : 'oui', date, source, person.site.language], ';') };
}
