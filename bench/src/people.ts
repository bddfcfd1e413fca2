import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/** Customers and orders of a made-up shop, as the files a shop would export. Same numbers, same files. */
const firstNames =
  'Marie Jean Camille Louis Zoé Inès Adam Jeanne Sacha Nora Emma Hugo Lucas Léa Chloé Manon Jules Gabriel Raphaël Arthur Louise Alice Rose Anna Mila Lina Ambre Julia Agathe Juliette Noé Paul Victor Eden Tom Axel Théo Robin Simon Clara'.split(
    ' ',
  );
const syllables = 'mar ber du bo le mo gar fau roux vil per lan ti gau che ral det sou pel nou bri cor dal fer'.split(
  ' ',
);
const endings = 'tin nard bois and roy reau nier re sel lard rot ton mier tier valier bert lac mont nay vin'.split(' ');
const towns =
  'Paris Lyon Marseille Toulouse Nice Nantes Strasbourg Montpellier Bordeaux Lille Rennes Reims Genève Bruxelles'.split(
    ' ',
  );

export interface Person {
  readonly customerId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
  readonly town: string;
}

/** First names are shared by many (1 in 40), surnames by few: 24 × 24 × 20 of them. */
export function personAt(index: number): Person {
  const hash = Math.imul(index + 1, 2_654_435_761) >>> 0;
  const lastName = `${syllables[hash % 24]}${syllables[(hash >>> 5) % 24]}${endings[(hash >>> 10) % 20]}`;
  const firstName = firstNames[(hash >>> 16) % firstNames.length] ?? '';
  const plain = firstName.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return {
    customerId: `K${100_000 + index}`,
    firstName,
    lastName: lastName.charAt(0).toUpperCase() + lastName.slice(1),
    email: `${plain}.${lastName}${index}@mail${index % 7}.example`,
    phone: `+336${String(10_000_000 + index)}`,
    town: towns[index % towns.length] ?? '',
  };
}

/** Writes a CSV file of `count` rows. */
async function writeCsv(path: string, header: string, count: number, rowAt: (index: number) => string): Promise<void> {
  const file = createWriteStream(path);
  let text = `${header}\n`;
  for (let index = 0; index < count; index++) {
    text += `${rowAt(index)}\n`;
    if (text.length < 1 << 20) continue;
    if (!file.write(text)) await once(file, 'drain');
    text = '';
  }
  file.end(text);
  await once(file, 'finish');
}

/** `agreed`: with a column in which all said yes. */
export const writeContacts = (path: string, count: number, agreed = false): Promise<void> =>
  writeCsv(
    path,
    `customer_id,first_name,last_name,email,phone,city,country${agreed ? ',agreed' : ''}`,
    count,
    (index) => {
      const { customerId, firstName, lastName, email, phone, town } = personAt(index);
      return `${customerId},${firstName},${lastName},${email},${phone},${town},FR${agreed ? ',yes' : ''}`;
    },
  );

/** Orders of the last two years, spread over `customers`. */
export const writeOrders = (path: string, count: number, customers: number): Promise<void> => {
  const now = Date.now();
  return writeCsv(path, 'order_number,order_date,customer_id,email,total,tax,shipping,currency', count, (index) => {
    const { customerId, email } = personAt(Math.floor((index * 7_919) % customers));
    const at = new Date(now - ((index * 6_151) % 63_072_000) * 1_000).toISOString();
    const total = 10 + (index % 24_000) / 100;
    return `B${index},${at},${customerId},${email},${total.toFixed(2)},${(total / 6).toFixed(2)},4.50,EUR`;
  });
};
