/** Values that are nobody's: defaults of forms and tills, tests, placeholders. Compared in lower case. */
const everywhere = new Set([
  'null',
  'undefined',
  'none',
  'nil',
  'nan',
  'na',
  'n/a',
  'unknown',
  'inconnu',
  'anonymous',
  'anonyme',
  'guest',
  'invité',
  'invite',
  'true',
  'false',
  '[object object]',
  'void',
  '00000000-0000-0000-0000-000000000000',
  '-1',
  '0',
  '-',
]);

const emails = new Set([
  'test@test.com',
  'test@test.fr',
  'a@a.com',
  'a@a.fr',
  'aa@aa.com',
  'aa@aa.fr',
  'abc@abc.com',
  'none@none.com',
  'noemail@noemail.com',
  'no@email.com',
  'no@no.com',
  'email@email.com',
  'x@x.com',
  'sansmail@sansmail.fr',
  'pasdemail@pasdemail.fr',
  'nomail@nomail.com',
  'unknown@unknown.com',
  'client@client.fr',
  'client@client.com',
  'caisse@caisse.fr',
  'noreply@noreply.com',
]);

/** One digit repeated, 123456789, xxx: what a till accepts when a card number is mandatory. */
const filler = /^(\d)\1{5,}$|^0*123456789?0?$|^x+$|^\*+$|^\.+$/i;
/** 06 12 34 56 78 looks made up and is a line somebody may have; seven times the same digit is not. */
const fillerPhone = /(\d)\1{6,}$/;

/** Addresses of browsers are long: an endpoint of the browser's maker, and two keys. */
export const pushLetters = 1_024;

/** Whether a normalised value must not identify anyone, by the built-in list. Workspaces add their own. */
export function isBlockedByDefault(namespace: string, value: string): boolean {
  const lower = value.toLowerCase();
  if (lower.length > (namespace === 'webpush' ? pushLetters : 256) || everywhere.has(lower)) return true;
  if (namespace === 'email') return emails.has(lower);
  if (namespace === 'phone') return fillerPhone.test(lower);
  // A shop may well number its accounts 123456 or 111111; only zeros are nobody.
  return namespace === 'user_id' || namespace === 'anonymous_id' ? /^0+$/.test(lower) : filler.test(lower);
}

/** The built-in values, for people to see. */
export const listBuiltInBlocked = (): string[] => [...everywhere, ...emails];
