import { foldText } from './foldText.ts';
import { Problem, quote } from './problem.ts';

const yes = new Set(
  '1,true,vrai,oui,o,yes,y,on,x,ok,opt in,optin,subscribed,inscrit,inscrite,abonne,abonnee,actif,active,granted,accepte,accepted'.split(
    ',',
  ),
);
const no = new Set(
  '0,false,faux,non,n,no,off,opt out,optout,unsubscribed,desinscrit,desinscrite,desabonne,desabonnee,inactif,inactive,denied,refuse,refused'.split(
    ',',
  ),
);

/** `oui`, `yes`, `1`, `X`, `opt-in` … → true; their opposites → false; anything else → null. */
export function parseFlag(raw: string | number | boolean): boolean | null {
  if (typeof raw === 'boolean') return raw;
  const text = foldText(String(raw));
  if (yes.has(text)) return true;
  if (no.has(text)) return false;
  return null;
}

const currencyWords: Readonly<Record<string, string>> = {
  '€': 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  $: 'USD',
  us$: 'USD',
  dollar: 'USD',
  dollars: 'USD',
  '£': 'GBP',
  livre: 'GBP',
  pound: 'GBP',
  pounds: 'GBP',
  '¥': 'JPY',
  yen: 'JPY',
};

/** An ISO 4217 code from a code, a sign or a name. Whether a rate for it is known is asked later. */
export function parseCurrency(raw: string): string | Problem {
  const text = raw.trim();
  if (/^[A-Za-z]{3}$/.test(text)) return text.toUpperCase();
  return currencyWords[text.toLowerCase()] ?? new Problem('currency_unreadable', `${quote(raw)} is not a currency`);
}

const known = new Set(Intl.supportedValuesOf('currency'));

/** The currency an amount's own text states (`12,50 €`, `USD 10`), or null. */
export function currencyIn(amount: string): string | null {
  const [mark] = /[€£¥]|us\$|\$|(?<![a-z])[a-z]{3}(?![a-z])/i.exec(amount) ?? [];
  if (mark === undefined) return null;
  const code = parseCurrency(mark);
  return code instanceof Problem || !known.has(code) ? null : code;
}

/** True for a code that names a currency in use, so that a column of `THE`, `AND` is not taken for one. */
export const isCurrencyCode = (text: string): boolean => known.has(text);

export type OrderStatus = 'completed' | 'cancelled' | 'refunded' | 'unplaced';

const statuses: readonly (readonly [OrderStatus, RegExp])[] = [
  ['cancelled', /\b(cancel\w*|annul\w*|void\w*|failed|echou\w*|refusee?|declined)\b/],
  ['refunded', /^(refund\w*|rembours\w*|return\w*|retour\w*|chargeback)$|\b(fully refunded|totalement remboursee?)\b/],
  [
    'unplaced',
    /\b(draft|brouillon|abandon\w*|unpaid|impayee?|awaiting payment|attente de paiement|pending payment|checkout draft|quote|devis)\b/,
  ],
];

/** What a status column's word means for the order. Unknown words mean a placed order; the word itself is kept beside. */
export function parseStatus(raw: string): OrderStatus {
  const text = foldText(raw);
  return statuses.find(([, pattern]) => pattern.test(text))?.[0] ?? 'completed';
}
