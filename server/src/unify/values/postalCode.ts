import type { Normalised } from './email.ts';

/** Shapes of the countries a European retailer meets; elsewhere the code is only tidied. */
const shapes: Readonly<Record<string, RegExp>> = {
  FR: /^\d{5}$/,
  MC: /^98000$/,
  BE: /^\d{4}$/,
  LU: /^\d{4}$/,
  CH: /^\d{4}$/,
  AT: /^\d{4}$/,
  DE: /^\d{5}$/,
  ES: /^\d{5}$/,
  IT: /^\d{5}$/,
  NL: /^\d{4} ?[A-Z]{2}$/,
  PT: /^\d{4}-?\d{3}$/,
  PL: /^\d{2}-?\d{3}$/,
  GB: /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/,
};

/** Upper case, one space inside British and Dutch codes, leading zero restored where a spreadsheet ate it (`1000` → `01000` in FR). */
export function normalisePostalCode(raw: string, country: string): Normalised {
  let text = raw.trim().toUpperCase().replaceAll(/\s+/g, ' ');
  if (/^[A-Z]{1,2}-\d/.test(text)) text = text.slice(text.indexOf('-') + 1);
  if (['FR', 'DE', 'ES', 'IT'].includes(country) && /^\d{4}$/.test(text)) text = `0${text}`;
  if (country === 'FR' || country === 'BE') text = text.replaceAll(' ', '');
  if (country === 'GB') text = text.replaceAll(' ', '').replace(/(\d[A-Z]{2})$/, ' $1');
  if (country === 'NL') text = text.replaceAll(' ', '').replace(/([A-Z]{2})$/, ' $1');
  const shape = shapes[country];
  if (text === '' || text.length > 12 || (shape !== undefined && !shape.test(text)))
    return { ok: false, problem: 'invalid_postal_code' };
  return { ok: true, value: text };
}
