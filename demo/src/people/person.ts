import { type Site, type SiteCode, type Store, siteAt, sites, stores } from '../market.ts';
import { cities } from '../names/cities.ts';
import { Weighted } from '../random/distributions.ts';
import { Random, streams } from '../random/random.ts';
import { type Culture, type CultureName, cultureOf, streetsOf, surnameFor } from './cultures.ts';
import { homePhoneOf, mobileOf } from './phones.ts';

export interface Address {
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
}

/** One real person, as nobody in the company knows them whole. */
export interface Person {
  readonly index: number;
  /** Index of the household's first member. */
  readonly household: number;
  /** The other member of the household, if it has two. */
  readonly partner: number | null;
  readonly site: Site;
  readonly store: Store | null;
  readonly female: boolean;
  readonly firstName: string;
  readonly lastName: string;
  /** yyyy-mm-dd */
  readonly birthDate: string;
  readonly address: Address;
  readonly formerAddress: Address | null;
  readonly mobile: string | null;
  readonly homePhone: string | null;
  readonly email: string;
  /** An earlier address, still in some files. */
  readonly formerEmail: string | null;
  /** Uses the partner's e-mail address for everything. */
  readonly sharesEmail: boolean;
  readonly loyaltyCard: string | null;
}

const siteWeights = new Weighted(sites.map((site) => site.weight));
const cityWeights: Readonly<Record<SiteCode, Weighted>> = {
  fr: townWeights('FR'),
  be: townWeights('BE'),
  uk: townWeights('GB'),
  de: townWeights('DE'),
  ch: townWeights('CH'),
  pl: townWeights('PL'),
};

/** What makes an e-mail address unique; found once for everyone by `buildPopulation`. */
export interface Ordinals {
  readonly email: (index: number) => number;
  readonly phone: (index: number) => number;
}

export function isPaired(seed: number, index: number): boolean {
  return new Random(seed, streams.household, index >> 1, 1).chance(0.36);
}

/** Makes person `index` out of nothing but the seed and their ordinals. */
export function makePerson(seed: number, index: number, ordinals: Ordinals): Person {
  const random = new Random(seed, streams.person, index);
  const paired = isPaired(seed, index);
  const first = index % 2 === 0;
  const home = makeHome(seed, paired ? index >> 1 : index + 0x40000000);
  const female = paired && !first ? !random.chance(0.66) : random.chance(0.64);
  const firstName = pickName(home.culture, female, random);
  const own = home.culture.surnames[home.culture.surnameWeights.draw(random)] ?? home.surname;
  const lastName = surnameFor(paired && !first && random.chance(0.4) ? own : home.surname, female);
  const birthDate = makeBirthDate(random);
  const domain = random.pick(mailDomains[home.site.code]);
  const local = localPart(firstName, lastName, birthDate, random.int(10));
  const sharesEmail = paired && !first && random.chance(0.03);
  const ordinal = ordinals.email(sharesEmail ? index - 1 : index);
  const hasMobile = random.chance(0.72);
  const hasCard = random.chance(home.store === null ? 0.18 : 0.74);
  const moved = random.chance(0.09);
  const renewed = random.chance(0.06);
  return {
    index,
    household: paired ? index & ~1 : index,
    partner: paired ? index ^ 1 : null,
    site: home.site,
    store: home.store,
    female,
    firstName,
    lastName,
    birthDate,
    address: home.address,
    formerAddress: moved ? makeAddress(home.site.code, random) : null,
    mobile: hasMobile ? mobileOf(home.site.code, ordinals.phone(index)) : null,
    homePhone: home.hasLine ? homePhoneOf(home.site.code, ordinals.phone(paired ? index & ~1 : index)) : null,
    email: sharesEmail ? makePerson(seed, index - 1, ordinals).email : `${withOrdinal(local, ordinal)}@${domain}`,
    formerEmail: renewed ? `${local.slice(0, 12)}.${(index + 36).toString(36)}@ancienne-boite.example` : null,
    sharesEmail,
    loyaltyCard: hasCard ? cardNumber(index) : null,
  };
}

/** A short look at where person `index` belongs: enough to hand out telephone numbers. */
export function siteOfPerson(seed: number, index: number): SiteCode {
  return makeHome(seed, isPaired(seed, index) ? index >> 1 : index + 0x40000000).site.code;
}

interface Home {
  readonly site: Site;
  readonly store: Store | null;
  readonly culture: Culture;
  readonly surname: string;
  readonly address: Address;
  readonly hasLine: boolean;
}

function makeHome(seed: number, key: number): Home {
  const random = new Random(seed, streams.household, key, 2);
  const site = siteAt(siteWeights.draw(random));
  const place = cityWeights[site.code].draw(random);
  const city = cities[site.country][place];
  if (city === undefined) throw new RangeError(`There is no town ${place} in ${site.country}.`);
  const culture = cultureOf(site.code, city, random);
  const surname = culture.surnames[culture.surnameWeights.draw(random)] ?? '';
  const address = addressIn(site.code, place, random);
  const hasLine = random.chance(0.3);
  const store = stores.find((one) => one.code === city.store) ?? null;
  return { site, store, culture, surname, address, hasLine };
}

function makeAddress(site: SiteCode, random: Random): Address {
  return addressIn(site, cityWeights[site].draw(random), random);
}

function addressIn(site: SiteCode, place: number, random: Random): Address {
  const country = sites.find((one) => one.code === site)?.country ?? 'FR';
  const city = cities[country][place];
  if (city === undefined) throw new RangeError(`There is no town ${place} in ${country}.`);
  const { names, culture } = streetsOf(site, city);
  const number = 1 + Math.floor(140 * random.next() ** 1.8);
  return {
    street: writeStreet(culture, random.pick(names), number, random),
    postalCode: site === 'uk' ? britishCode(random.pick(city.codes), random) : random.pick(city.codes),
    city: city.name,
  };
}

function writeStreet(culture: CultureName, street: string, number: number, random: Random): string {
  if (culture === 'french') return `${number}${random.chance(0.06) ? ' bis' : ''} ${street}`;
  if (culture === 'british') return `${random.chance(0.2) ? `Flat ${1 + random.int(12)}, ` : ''}${number} ${street}`;
  return `${street} ${number}`;
}

/** Real outward code, made-up inward code (letters that British post codes never use there are left out). */
function britishCode(outward: string, random: Random): string {
  const letters = 'ABDEFGHJLNPQRSTUWXYZ';
  return `${outward} ${random.int(10)}${letters[random.int(20)]}${letters[random.int(20)]}`;
}

function pickName(culture: Culture, female: boolean, random: Random): string {
  const names = female ? culture.women : culture.men;
  return names[(female ? culture.womenWeights : culture.menWeights).draw(random)] ?? 'Camille';
}

function makeBirthDate(random: Random): string {
  const year = 2006 - Math.floor(14 + 50 * ((random.next() + random.next()) / 2) - 12 * random.next());
  const month = String(1 + random.int(12)).padStart(2, '0');
  return `${year}-${month}-${String(1 + random.int(28)).padStart(2, '0')}`;
}

const mailDomains: Readonly<Record<SiteCode, readonly string[]>> = {
  fr: ['courriel.example', 'boitemail.example', 'lettrevive.example', 'maposte.example'],
  be: ['courriel.example', 'postbus.example', 'maildomein.example'],
  uk: ['mailbox.example', 'postbag.example', 'inbox.example'],
  de: ['briefnetz.example', 'postfach.example', 'mailhaus.example'],
  ch: ['alpmail.example', 'courriel.example', 'postfach.example'],
  pl: ['poczta.example', 'skrzynka.example'],
};

function localPart(firstName: string, lastName: string, birthDate: string, style: number): string {
  const first = plain(firstName);
  const last = plain(lastName);
  if (style < 5) return `${first}.${last}`;
  if (style === 5) return `${first}${last}`;
  if (style === 6) return `${first[0]}.${last}`;
  if (style === 7) return `${last}.${first}`;
  if (style === 8) return `${first}_${last}`;
  return `${first}.${last}${birthDate.slice(2, 4)}`;
}

function withOrdinal(local: string, ordinal: number): string {
  return ordinal === 0 ? local : `${local}${ordinal + 1}`;
}

/** Lower-case ASCII letters only, as mailbox names are written. */
export function plain(text: string): string {
  const folded = text.replaceAll('ł', 'l').replaceAll('Ł', 'l').replaceAll('ß', 'ss').replaceAll('ı', 'i');
  return folded
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
}

/** Twelve digits: the programme's prefix, a scattered serial number, a Luhn check digit. */
export function cardNumber(index: number): string {
  const body = `71${String((index * 7919 + 104_729) % 1_000_000_000).padStart(9, '0')}`;
  let sum = 0;
  for (let place = 0; place < body.length; place++) {
    const digit = Number(body[body.length - 1 - place]) * (place % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return body + String((10 - (sum % 10)) % 10);
}

function townWeights(country: keyof typeof cities): Weighted {
  return new Weighted(cities[country].map((city) => city.weight));
}
