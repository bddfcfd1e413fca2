import { day } from '../life/calendar.ts';
import type { Life } from '../life/planLife.ts';
import { nicknames } from '../names/nicknames.ts';
import { accountIdOf } from '../people/accountId.ts';
import type { Address, Person } from '../people/person.ts';
import { writePhone } from '../people/phones.ts';
import { Random, streams } from '../random/random.ts';
import { csvLine } from './csv.ts';
import { contactIdOf } from './identifiers.ts';
import { misspell, writeName } from './misspell.ts';

const columns = {
  ContactId: 'crm_id',
  Salutation: 'salutation',
  FirstName: 'first_name',
  LastName: 'last_name',
  Birthdate: 'birthday',
  Email: 'email',
  MobilePhone: 'phone',
  HomePhone: 'trait.home_phone',
  MailingStreet: 'street',
  MailingPostalCode: 'postal_code',
  MailingCity: 'city',
  MailingCountry: 'country',
  LoyaltyCard: 'loyalty_card',
  WebAccountId: 'user_id',
  OptInEmail: 'consent.email',
  OptInSms: 'consent.sms',
  Language: 'language',
  Store: 'trait.store',
  CreatedDate: 'created_at',
  LastModifiedDate: 'updated_at',
} as const;

export const crmMapping: Readonly<Record<string, string>> = columns;
export const crmHeader = csvLine(Object.keys(columns), ',');

/** What is wrong with a record, for whoever checks a matcher against the truth. */
export type Flaw =
  | 'typo'
  | 'nickname'
  | 'swapped'
  | 'moved'
  | 'former_email'
  | 'no_contact'
  | 'partner_phone'
  | 'shared_email';

export interface CrmRecord {
  readonly id: string;
  readonly flaws: readonly Flaw[];
  readonly line: string;
}

/** The contacts a person has in the CRM: none, one, or up to three that nobody knew were the same. */
export function crmRecordsOf(seed: number, life: Life, partner: Person | null, today: number): CrmRecord[] {
  const { person, habits } = life;
  const random = new Random(seed, streams.crm, person.index);
  const bought = life.orders.length > 0;
  const known = habits.hasAccount || person.loyaltyCard !== null || (bought && random.chance(0.5));
  if (!known) return [];
  const count = 1 + (random.chance(0.09) ? 1 : 0) + (random.chance(0.012) ? 1 : 0);
  return Array.from({ length: count }, (_, place) => writeRecord({ seed, life, partner, today, place, random }));
}

interface RecordInput {
  readonly seed: number;
  readonly life: Life;
  readonly partner: Person | null;
  readonly today: number;
  readonly place: number;
  readonly random: Random;
}

function writeRecord({ life, partner, today, place, random }: RecordInput): CrmRecord {
  const { person, habits } = life;
  const flaws: Flaw[] = [];
  const copy = place > 0;
  const names = writeNames(person, copy, flaws, random);
  const email = writeEmail(person, copy, flaws, random);
  const phone = writeMobile(person, partner, copy, flaws, random);
  const moved = person.formerAddress !== null && random.chance(copy ? 0.8 : 0.25);
  if (moved) flaws.push('moved');
  const card = copy && random.chance(0.85) ? '' : (person.loyaltyCard ?? '');
  const account = habits.hasAccount && !copy && random.chance(0.8) ? accountIdOf(person.email) : '';
  if (email === '' && phone === '' && card === '' && account === '') flaws.push('no_contact');
  const created = Math.min(
    today - day,
    Math.max(life.joinedAt, today - 1400 * day) + (copy ? random.next() * 200 * day : 0),
  );
  const modified = created + random.next() * (today - created);
  const { street, postalCode, city } = writeAddress(
    moved ? (person.formerAddress ?? person.address) : person.address,
    random,
  );
  const id = contactIdOf(person.index, place);
  const line = csvLine(
    [
      id,
      random.chance(0.2) ? '' : salutation(person, random),
      ...names,
      random.chance(0.3) ? '' : writeBirthDate(person.birthDate, random),
      email,
      phone,
      person.homePhone === null || random.chance(0.4) ? '' : writePhone(person.homePhone, random.int(6)),
      street,
      postalCode,
      city,
      person.site.country,
      card,
      account,
      random.chance(habits.newsletter ? 0.85 : 0.2) ? 'true' : 'false',
      random.chance(0.25) ? 'true' : 'false',
      random.chance(0.1) ? '' : person.site.language,
      person.store?.name ?? '',
      isoSecond(created),
      isoSecond(modified),
    ],
    ',',
  );
  return { id, flaws, line };
}

function writeNames(person: Person, copy: boolean, flaws: Flaw[], random: Random): [string, string] {
  let first = person.firstName;
  let last = person.lastName;
  const short = nicknames[first];
  if (short !== undefined && random.chance(copy ? 0.4 : 0.06)) {
    first = random.pick(short);
    flaws.push('nickname');
  }
  if (random.chance(copy ? 0.3 : 0.04)) {
    flaws.push('typo');
    if (random.chance(0.5)) first = misspell(first, random);
    else last = misspell(last, random);
  }
  first = writeName(first, random);
  last = writeName(last, random);
  if (random.chance(copy ? 0.08 : 0.015)) {
    flaws.push('swapped');
    return [last, first];
  }
  return [first, last];
}

function writeEmail(person: Person, copy: boolean, flaws: Flaw[], random: Random): string {
  if (random.chance(copy ? 0.35 : 0.09)) return '';
  if (person.sharesEmail) flaws.push('shared_email');
  if (person.formerEmail !== null && random.chance(copy ? 0.7 : 0.3)) {
    flaws.push('former_email');
    return person.formerEmail;
  }
  if (random.chance(copy ? 0.22 : 0.025)) {
    flaws.push('typo');
    // Only the domain is misspelt: the address must not turn into somebody else's.
    const at = person.email.indexOf('@');
    return person.email.slice(0, at + 1) + misspell(person.email.slice(at + 1, -8), random) + person.email.slice(-8);
  }
  return random.chance(0.08) ? person.email.toUpperCase() : random.chance(0.03) ? ` ${person.email} ` : person.email;
}

function writeMobile(person: Person, partner: Person | null, copy: boolean, flaws: Flaw[], random: Random): string {
  if (partner?.mobile != null && random.chance(0.015)) {
    flaws.push('partner_phone');
    return writePhone(partner.mobile, random.int(6));
  }
  return person.mobile === null || random.chance(copy ? 0.4 : 0.2) ? '' : writePhone(person.mobile, random.int(6));
}

function writeAddress(address: Address, random: Random): Address {
  const draw = random.next();
  if (draw < 0.08)
    return {
      ...address,
      street: address.street.replace('avenue', 'av.').replace('boulevard', 'bd').replace('rue', 'r.'),
    };
  if (draw < 0.16) return { ...address, street: address.street.toUpperCase(), city: address.city.toUpperCase() };
  if (draw < 0.19) return { ...address, street: misspell(address.street, random) };
  return draw < 0.24 ? { street: '', postalCode: address.postalCode, city: address.city } : address;
}

/** Mostly ISO; some records came from a form that let people write as they do. */
function writeBirthDate(date: string, random: Random): string {
  if (random.chance(0.02)) return `${date.slice(0, 5)}01-01`;
  return date;
}

function salutation(person: Person, random: Random): string {
  const french = person.site.language === 'fr';
  if (random.chance(0.02)) return '';
  if (person.female) return french ? 'Mme' : 'Ms';
  return french ? 'M.' : 'Mr';
}

function isoSecond(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
