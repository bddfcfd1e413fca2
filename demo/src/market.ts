/** Where Clairvoie sells: its sites, stores, currencies. The whole company is fictional. */
export type Currency = 'EUR' | 'GBP' | 'CHF' | 'PLN';
export type Language = 'fr' | 'en';
export type Country = 'FR' | 'BE' | 'GB' | 'DE' | 'CH' | 'PL';
export type SiteCode = 'fr' | 'be' | 'uk' | 'de' | 'ch' | 'pl';

export interface Site {
  readonly code: SiteCode;
  /** Under the reserved top level `.example` (RFC 2606): it can never be someone's. */
  readonly domain: string;
  readonly country: Country;
  readonly countryName: string;
  readonly currency: Currency;
  readonly language: Language;
  readonly timeZone: string;
  /** Hours ahead of UTC in winter; all of these countries change the clock on the same instants. */
  readonly offset: number;
  readonly vat: number;
  /** Share of customers. */
  readonly weight: number;
}

export const brandName = 'Clairvoie';

export const sites: readonly Site[] = [
  site('fr', 'FR', 'France', 'EUR', 'fr', 'Europe/Paris', 1, 20, 50),
  site('be', 'BE', 'Belgique', 'EUR', 'fr', 'Europe/Brussels', 1, 21, 12),
  site('uk', 'GB', 'United Kingdom', 'GBP', 'en', 'Europe/London', 0, 20, 17),
  site('de', 'DE', 'Deutschland', 'EUR', 'en', 'Europe/Berlin', 1, 19, 10),
  site('ch', 'CH', 'Suisse', 'CHF', 'fr', 'Europe/Zurich', 1, 8.1, 6),
  site('pl', 'PL', 'Polska', 'PLN', 'en', 'Europe/Warsaw', 1, 23, 5),
];

export interface Store {
  readonly code: string;
  readonly name: string;
  readonly tillCode: string;
  readonly site: SiteCode;
  /** The oldest till still writes Windows-1252. */
  readonly encoding: 'utf-8' | 'windows-1252';
}

export const stores: readonly Store[] = [
  store('paris-marais', 'Paris Marais', 'PAR', 'fr'),
  store('lyon-presquile', "Lyon Presqu'île", 'LYO', 'fr'),
  store('marseille', 'Marseille Longchamp', 'MRS', 'fr'),
  store('bordeaux', 'Bordeaux Grands Hommes', 'BOR', 'fr'),
  store('nantes', 'Nantes Graslin', 'NTE', 'fr'),
  store('toulouse', 'Toulouse Capitole', 'TLS', 'fr'),
  store('lille', 'Lille Vieux-Lille', 'LIL', 'fr', 'windows-1252'),
  store('bruxelles', 'Bruxelles Sablon', 'BRU', 'be'),
  store('london', 'London Marylebone', 'LON', 'uk'),
  store('manchester', 'Manchester King Street', 'MAN', 'uk'),
  store('geneve', 'Genève Rive', 'GVA', 'ch'),
  store('berlin', 'Berlin Mitte', 'BER', 'de'),
];

/** The site at a place of `sites`; a wrong place is a programming error. */
export function siteAt(index: number): Site {
  const found = sites[index];
  if (found === undefined) throw new RangeError(`There is no site ${index}.`);
  return found;
}

export function siteByCode(code: SiteCode): Site {
  return siteAt(sites.findIndex((one) => one.code === code));
}

function site(
  code: SiteCode,
  country: Country,
  countryName: string,
  currency: Currency,
  language: Language,
  timeZone: string,
  offset: number,
  vat: number,
  weight: number,
): Site {
  const domain = `${code}.clairvoie.example`;
  return { code, domain, country, countryName, currency, language, timeZone, offset, vat, weight };
}

function store(code: string, name: string, tillCode: string, siteCode: SiteCode, encoding?: Store['encoding']): Store {
  return { code, name, tillCode, site: siteCode, encoding: encoding ?? 'utf-8' };
}
