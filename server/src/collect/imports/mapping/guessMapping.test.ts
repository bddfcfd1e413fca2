import { type ImportKind, importFields, importKinds } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { isField } from './checkMapping.ts';
import { guessFormats } from './guessFormats.ts';
import { fieldOfHeader, guessKind, guessMapping } from './guessMapping.ts';
import { synonyms } from './synonyms.ts';

const samples = (columns: Record<string, string[]>) =>
  Object.entries(columns).map(([name, values]) => ({ name, values }));
const guess = (kind: ImportKind, columns: Record<string, string[]>, given: Record<string, string> = {}) =>
  Object.fromEntries([...guessMapping(samples(columns), kind, given)].map(([name, { field }]) => [name, field]));

describe('what a header names', () => {
  const headers: readonly (readonly [ImportKind, string, string | null])[] = [
    ['people', 'E-mail', 'email'],
    ['people', 'Courriel', 'email'],
    ['people', 'Mél.', 'email'],
    ['people', 'EMAIL_ADDRESS', 'email'],
    ['people', 'emailAddress', 'email'],
    ['people', 'Téléphone portable', 'phone'],
    ['people', 'Prénom', 'first_name'],
    ['people', 'Date de naissance', 'birthday'],
    ['people', 'Code Postal', 'postal_code'],
    ['people', 'N° carte fidélité', 'loyalty_card'],
    ['people', 'Loyalty Card Number', 'loyalty_card'],
    ['people', 'Billing City', 'city'],
    ['people', 'Klaviyo ID', 'klaviyo_id'],
    ['people', 'id_crm', 'crm_id'],
    ['people', 'Opt-in e-mail', 'consent.email'],
    ['people', 'Pointure', null],
    ['orders', 'N° commande', 'order_id'],
    ['orders', 'invoice', 'order_id'],
    ['orders', 'Montant TTC', 'total'],
    ['orders', 'devise', 'currency'],
    ['orders', 'customer_id', 'user_id'],
    ['orders', 'Client', 'user_id'],
    ['order-lines', 'invoice_ts', 'ordered_at'],
    ['order-lines', 'stock_code', 'product_id'],
    ['order-lines', 'Référence', 'product_id'],
    ['order-lines', 'Qté', 'quantity'],
    ['order-lines', 'Prix unitaire', 'unit_price'],
    ['order-lines', 'Lineitem name', 'product_name'],
    ['products', 'item group id', 'group_id'],
    ['products', 'Prix soldé', 'sale_price'],
    ['events', 'anonymousId', 'anonymous_id'],
    ['events', 'originalTimestamp', 'timestamp'],
  ];
  it.each(headers)('%s: %j is %s', (kind, header, field) => {
    expect(fieldOfHeader(header, kind)).toBe(field);
  });

  it('is always a field of that kind', () => {
    for (const kind of importKinds)
      for (const field of synonyms[kind].values())
        expect([kind, field, isField(field, kind)]).toEqual([kind, field, true]);
  });

  it('is found for every field by the labels people are shown', () => {
    for (const kind of importKinds)
      for (const { name, label } of importFields[kind]) {
        if (name.startsWith('consent.')) continue;
        expect(fieldOfHeader(name, kind)).toBe(name);
        expect(label.fr).not.toBe('');
      }
  });
});

describe('guessMapping', () => {
  const emails = ['a@example.fr', 'b@example.com', 'c@example.org'];

  it('looks at the values where the header says nothing', () => {
    expect(guess('people', { x1: emails, x2: ['06 12 34 56 78', '+33 6 11 22 33 44'], x3: ['rouge', 'vert'] })).toEqual(
      {
        x1: 'email',
        x2: 'phone',
      },
    );
    expect(guess('orders', { a: ['EUR', 'GBP'], b: ['01/02/2024', '14/02/2024'] })).toEqual({
      a: 'currency',
      b: 'ordered_at',
    });
  });

  it('believes values over a header that means something else', () => {
    expect(guess('people', { mail: ['oui', 'non', 'oui'], client: emails })).toEqual({
      mail: 'consent.email',
      client: 'email',
    });
    expect(guess('people', { Client: ['Zoé Moreau', 'Anna Petit'] })).toEqual({ Client: 'name' });
    expect(guess('orders', { tax: ['bleu', 'vert'], total: ['bleu', 'vert'] })).toEqual({ total: 'total' });
    expect(guess('people', { newsletter: ['01/02/2024', '14/02/2024'] })).toEqual({});
  });

  it('takes « nom » for the family name beside a first name, and for the whole name alone', () => {
    expect(guess('people', { Nom: ['Moreau'], Prénom: ['Zoé'] })).toEqual({ Nom: 'last_name', Prénom: 'first_name' });
    expect(guess('people', { Nom: ['Zoé Moreau'] })).toEqual({ Nom: 'name' });
  });

  it('gives a field to one column only, and what a person said wins', () => {
    expect(guess('people', { email: emails, 'e-mail': emails })).toEqual({ email: 'email' });
    expect(guess('people', { email: emails, mail: emails }, { mail: 'email' })).toEqual({});
  });

  it('leaves out what the download of rejected rows added', () => {
    expect(guess('people', { vitrail_row: ['2'], vitrail_reason: ['x'], email: emails })).toEqual({
      vitrail_row: 'ignore',
      vitrail_reason: 'ignore',
      email: 'email',
    });
  });
});

it('guesses what the rows of a file are', () => {
  const kindOf = (columns: Record<string, string[]>) => guessKind(samples(columns));
  expect(kindOf({ invoice: ['1'], stock_code: ['A'], quantity: ['2'], unit_price: ['1.5'] })).toBe('order-lines');
  expect(kindOf({ order_id: ['1'], date: ['2024-01-01'], total: ['10'] })).toBe('orders');
  expect(kindOf({ id: ['1'], title: ['Lampe'], price: ['10 EUR'], link: ['https://x'] })).toBe('products');
  expect(kindOf({ event: ['Viewed'], timestamp: ['2024-01-01'], user_id: ['1'] })).toBe('events');
  expect(kindOf({ email: ['a@example.fr'], nom: ['Zoé'] })).toBe('people');
});

describe('guessFormats', () => {
  it('lets the columns that tell decide for those that do not', () => {
    const columns = samples({ total: ['1,234'], tax: ['0,20', '1,5'], date: ['01/02/2024'] });
    const mapping = { total: 'total', tax: 'tax', date: 'ordered_at' };
    expect(guessFormats(columns, mapping, { country: 'US' })).toEqual({
      total: { decimal: ',' },
      tax: { decimal: ',' },
      date: { date: 'mdy' },
    });
  });

  it('takes numbers for numbers, but not codes with leading zeros or long ids', () => {
    const columns = samples({
      points: ['1', '12'],
      zip: ['01000', '75001'],
      card: ['2501234567890123456'],
      vip: ['true', 'false'],
    });
    expect(guessFormats(columns, {}, { country: 'FR' })).toEqual({
      points: { type: 'number', decimal: '.' },
      vip: { type: 'boolean' },
    });
  });
});
