import { importFields } from '@vitrail/contracts';
import type { Format } from '../../ui/format/format.ts';
import { humanName } from '../../ui/value.ts';

const snake = (name: string): string => name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();

/** The name of a trait: ours in the reader's language, one of the shop's own made readable. */
export function traitLabel(name: string, language: string): string {
  const field = importFields.people.find((one) => one.name === snake(name));
  if (field === undefined) return humanName(name);
  return (language === 'fr' ? field.label.fr : field.label.en).replace(/(\p{L})'(\p{L})/gu, '$1’$2');
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** An address on one line, the way it stands on an envelope; null when it is no address. */
export function addressText(value: unknown, format: Pick<Format, 'name'>): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const part = (name: string): string => text(Object.entries(value).find(([key]) => key === name)?.[1]);
  const country = part('country');
  const lines = [
    part('street'),
    [part('postalCode'), part('city')].filter((one) => one !== '').join(' '),
    part('state'),
    /^[A-Z]{2}$/.test(country) ? format.name(country, 'region') : country,
  ].filter((line) => line !== '');
  return lines.length === 0 ? null : lines.join(', ');
}
