import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createRandom, type Random } from './random.ts';

/**
 * Customer records of a made-up shop for measuring time: people in households that share surname, address and sometimes
 * telephone and e-mail, several records each with the mistakes of tills and forms. Same count and seed, same file.
 */
const given =
  'Marie Jean Camille Louis Zoé Inès Adam Jeanne Sacha Nora Emma Hugo Lucas Léa Chloé Manon Jules Gabriel Raphaël Arthur Louise Alice Rose Anna Mila Lina Ambre Julia Agathe Juliette Noé Paul Victor Tom Axel Théo Robin Simon Clara Pierre Michel André Philippe Alain Bernard Jacques Daniel Claude Nathalie Isabelle Sylvie Catherine Martine Christine Françoise Valérie Sandrine Stéphanie Céline Julien Nicolas Thomas Sébastien Frédéric Laurent David Olivier Christophe Éric Patrick Thierry Didier Bruno Serge Gérard Monique Jacqueline Denise Nicole Hans Peter Klaus Jürgen Anke Sabine Petra Monika Carlos José Antonio Manuel Carmen Lucía Paula Giulia Marco Luca Francesca Chiara Jan Piet Kees Anneke Sofie Lars Emilia Oskar Jack Oliver Amelia Charlotte George Harry Grace'.split(
    ' ',
  );
const syllables =
  'mar ber du bo le mo gar fau roux vil per lan ti gau che ral det sou pel nou bri cor dal fer kow ski hol mül stein gon zal mon ros bian con ver hoev jan pet han sen'.split(
    ' ',
  );
const endings =
  'tin nard bois and roy reau nier re sel lard rot ton mier tier valier bert lac mont nay vin ski sen mann ez ini'.split(
    ' ',
  );
const streetKinds = ['rue', 'avenue', 'boulevard', 'place', 'chemin', 'allée', 'impasse'];
const towns = Array.from(
  { length: 600 },
  (_, index) => `${syllables[index % 44] ?? ''}${endings[(index * 7) % 25] ?? ''}${index > 299 ? ' sur mer' : 'ville'}`,
);
const providers = ['gmail.com', 'orange.fr', 'hotmail.com', 'yahoo.fr', 'free.fr', 'outlook.com', 'laposte.net'];
const noMail = ['test@test.com', 'noreply@shop.example', 'client@magasin.example', 'inconnu@shop.example'];
const noPhone = ['0600000000', '0123456789', '0102030405'];

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => String(random.below(10))).join('');

interface Person {
  first: string;
  last: string;
  email: string;
  phone: string;
  birth: string;
}
interface Home {
  street: string;
  code: string;
  town: string;
}

function familyName(random: Random): string {
  const place = random.skewed(40_000);
  const parts = [
    syllables[place % 44],
    place > 800 ? syllables[Math.floor(place / 44) % 44] : '',
    endings[Math.floor(place / 7) % 25],
  ];
  return capital(parts.join(''));
}

function home(random: Random): Home {
  const town = random.skewed(600);
  const name = `${capital(syllables[random.below(44)] ?? '')}${endings[random.below(25)] ?? ''}`;
  return {
    street: `${1 + random.below(120)} ${random.pick(streetKinds)} ${random.chance(0.4) ? 'de ' : ''}${name}`,
    code: String(1_000 + ((town * 157 + random.below(12)) % 94_000)).padStart(5, '0'),
    town: capital(towns[town] ?? ''),
  };
}

/** A mailbox is one person's: a second person of the name takes a number. */
function mailbox(random: Random, user: string, taken: Set<string>): string {
  const domain = random.pick(providers);
  let address = `${user}@${domain}`;
  while (taken.has(address)) address = `${user}${random.below(1_000_000)}@${domain}`;
  taken.add(address);
  return address;
}

function person(random: Random, last: string, taken: Set<string>): Person {
  const first = given[random.skewed(given.length)] ?? '';
  const year = 1935 + random.below(72);
  const user = random.pick([
    `${plain(first)}.${plain(last)}`,
    `${plain(first).charAt(0)}${plain(last)}${random.below(100)}`,
    `${plain(first)}${random.below(100_000)}`,
    `${plain(first)}${plain(last)}${random.below(1_000_000)}`,
  ]);
  return {
    first,
    last,
    email: mailbox(random, user, taken),
    phone: `0${random.chance(0.8) ? 6 : 7}${digits(random, 8)}`,
    birth: `${year}-${String(1 + random.below(12)).padStart(2, '0')}-${String(1 + random.below(28)).padStart(2, '0')}`,
  };
}

function typo(random: Random, text: string): string {
  if (text.length < 3) return text;
  const at = 1 + random.below(text.length - 2);
  switch (random.below(3)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
    default:
      return `${text.slice(0, at)}${'aeioulnrst'.charAt(random.below(10))}${text.slice(at + 1)}`;
  }
}

/** One more record of a person, as another till or form wrote it. */
function record(random: Random, own: Person, place: Home, moved: Home): string[] {
  let [first, last] = [own.first, own.last];
  if (random.chance(0.08)) first = typo(random, first);
  if (random.chance(0.08)) last = typo(random, last);
  if (random.chance(0.06)) first = first.charAt(0);
  if (random.chance(0.01)) [first, last] = [last, first];
  if (random.chance(0.2)) [first, last] = [first.toUpperCase(), last.toUpperCase()];
  const at = random.chance(0.12) ? moved : place;
  const [year = '', month = '', day = ''] = own.birth.split('-');
  const birth = random.chance(0.01)
    ? '1900-01-01'
    : random.chance(0.02)
      ? `${year}-${day > '12' ? month : day}-${day > '12' ? day : month}`
      : own.birth;
  const email = random.chance(0.01) ? random.pick(noMail) : random.chance(0.03) ? typo(random, own.email) : own.email;
  const phone = random.chance(0.01)
    ? random.pick(noPhone)
    : random.chance(0.3)
      ? `+33 ${own.phone.slice(1, 2)} ${own.phone.slice(2)}`
      : own.phone;
  const street = random.chance(0.05) ? typo(random, at.street) : at.street;
  const blank = (share: number, text: string): string => (random.chance(share) ? '' : text);
  return [
    blank(0.02, first),
    blank(0.01, last),
    blank(0.22, email),
    blank(0.4, phone),
    blank(0.57, birth),
    ...(random.chance(0.2) ? ['', '', ''] : [street, at.code, at.town]),
  ];
}

/** Writes `count` records; `person_id` and `household_id` are the truth. */
export async function writeShopPeople(path: string, count: number, seed = 20_260_101): Promise<void> {
  const random = createRandom(seed);
  const taken = new Set<string>();
  const file = createWriteStream(path);
  let text = 'record_id,person_id,first_name,last_name,email,phone,birth_date,street,postal_code,city\n';
  let [rows, people] = [0, 0];
  while (rows < count) {
    const [place, moved, last] = [home(random), home(random), familyName(random)];
    const line = `01${digits(random, 8)}`;
    const size = random.chance(0.3) ? 1 : 2 + random.below(4);
    const shared = random.chance(0.1) ? person(random, last, taken).email : null;
    for (let member = 0; member < size && rows < count; member++) {
      const own = person(random, random.chance(0.9) ? last : familyName(random), taken);
      if (random.chance(0.15)) own.phone = line;
      if (shared !== null && random.chance(0.5)) own.email = shared;
      people += 1;
      for (let copies = random.chance(0.62) ? 1 : 2 + random.skewed(6); copies > 0 && rows < count; copies--) {
        text += `${rows},${people},${record(random, own, place, moved).join(',')}\n`;
        rows += 1;
      }
    }
    if (text.length < 1 << 20) continue;
    if (!file.write(text)) await once(file, 'drain');
    text = '';
  }
  file.end(text);
  await once(file, 'finish');
}
