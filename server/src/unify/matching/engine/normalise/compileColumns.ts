import type { MatchComparison } from '@vitrail/contracts';
import { nicknames } from '../language/nicknames.ts';
import { legalForms, mailDomains, noMailboxes, noNames, streetWords } from '../language/words.ts';
import { sqlMapped, sqlText, sqlTexts } from '../sqlText.ts';
import { folded, words } from './fold.ts';

/** A column of the prepared records: `steps` are computed one after another, each may use those before it. */
export interface PreparedColumn {
  readonly name: string;
  readonly sql: string;
}

const blankIf = (condition: string, value: string): string => `if(${condition}, '', ${value})`;
/** Twice the same sign and nothing else: `xx`, `0000`, `---`. */
const monotone = (text: string): string =>
  `(length(${text}) > 1 and replaceAll(${text}, substring(${text}, 1, 1), '') = '')`;

const titles = '^(mr|mrs|ms|miss|mme|mlle|madame|monsieur|mademoiselle|dr|herr|frau|sig|sra|mevr) ';

function nameColumn(field: string): PreparedColumn[] {
  const name = `s_${field}`;
  return [
    { name, sql: `replaceRegexpOne(${words(`r_${field}`, 64)}, ${sqlText(titles)}, '')` },
    {
      name: `v_${field}`,
      sql: blankIf(
        `${name} in (${noNames.map(sqlText).join(', ')}) or ${monotone(name)} or not match(${name}, '\\\\p{L}')`,
        name,
      ),
    },
  ];
}

const firstWord = (text: string): string => `substringIndex(${text}, ' ', 1)`;

function givenName(field: string): PreparedColumn[] {
  const value = `v_${field}`;
  return [
    ...nameColumn(field),
    { name: `a_${field}_core`, sql: firstWord(value) },
    { name: `a_${field}_root`, sql: sqlMapped(`a_${field}_core`, nicknames) },
  ];
}

/** The first and the last word: a compound name, or one of before a marriage beside the other. */
const familyName = (field: string): PreparedColumn[] => [
  ...nameColumn(field),
  { name: `a_${field}_core`, sql: firstWord(`v_${field}`) },
  { name: `a_${field}_end`, sql: `substringIndex(v_${field}, ' ', -1)` },
];

const day = (year: string, month: string, dayOfMonth: string): string =>
  `concat(${year}, leftPad(${month}, 2, '0'), leftPad(${dayOfMonth}, 2, '0'))`;

/** yyyymmdd from the ways a day is written; day first unless only the other order makes a date; numbers of a spreadsheet. */
function birthDate(field: string): PreparedColumn[] {
  const raw = `s_${field}`;
  const [iso, local, short] = [`s_${field}_iso`, `s_${field}_local`, `s_${field}_short`];
  const serial = `toUInt32OrZero(substringIndex(${raw}, '.', 1))`;
  const dayFirst = (parts: string, year: string): string =>
    `if(toUInt8OrZero(${parts}[2]) > 12, ${day(year, `${parts}[1]`, `${parts}[2]`)}, ${day(year, `${parts}[2]`, `${parts}[1]`)})`;
  const century = `if(toUInt8OrZero(${short}[3]) > 26, '19', '20')`;
  const written = `multiIf(
    match(${raw}, '^[0-9]{8}(\\\\.0+)?$'), substring(${raw}, 1, 8),
    notEmpty(${iso}), ${day(`${iso}[1]`, `${iso}[2]`, `${iso}[3]`)},
    notEmpty(${local}), ${dayFirst(local, `${local}[3]`)},
    notEmpty(${short}), ${dayFirst(short, `concat(${century}, ${short}[3])`)},
    match(${raw}, '^[0-9]{5}(\\\\.0+)?$') and ${serial} between 3654 and 55000,
      formatDateTime(toDate32('1899-12-30') + toIntervalDay(least(${serial}, 60000)), '%Y%m%d'),
    match(${raw}, '^[0-9]{4}(\\\\.0+)?$') and ${serial} between 1850 and 2100, concat(substring(${raw}, 1, 4), '0101'),
    match(${raw}, '^[0-9](\\\\.[0-9]+)?[eE][+]?0?7$'), toString(toUInt32(round(toFloat64OrZero(${raw})))),
    '')`;
  // Days that stand for none: what tills and forms fill in.
  const none = ['19000101', '19010101', '18991230', '18991231', '11111111', '22222222', '99991231', '19700101'];
  return [
    { name: raw, sql: `trim(substring(r_${field}, 1, 40))` },
    { name: iso, sql: `extractGroups(${raw}, '^([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})([T ].*)?$')` },
    { name: local, sql: `extractGroups(${raw}, '^([0-9]{1,2})[-/. ]+([0-9]{1,2})[-/. ]+([0-9]{4})([T ].*)?$')` },
    { name: short, sql: `extractGroups(${raw}, '^([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{2})$')` },
    { name: `w_${field}`, sql: written },
    {
      name: `v_${field}`,
      sql: blankIf(
        `w_${field} in (${none.map(sqlText).join(', ')}) or w_${field} like '0000%' or w_${field} >= '2100'`,
        `w_${field}`,
      ),
    },
  ];
}

function email(field: string): PreparedColumn[] {
  const [whole, user, domain] = [`s_${field}`, `s_${field}_user`, `s_${field}_domain`];
  const found = '\'([^\\\\s<>"(),;:@]+(@[^\\\\s<>"(),;:@]*)?)>?$\'';
  const plain = `substringIndex(substringIndex(${whole}, '@', 1), '+', 1)`;
  const domainWritten = `if(position(${whole}, '@') > 0, trim(BOTH '.' FROM substringIndex(${whole}, '@', -1)), '')`;
  return [
    { name: whole, sql: `lowerUTF8(extract(trim(toValidUTF8(substring(r_${field}, 1, 254))), ${found}))` },
    { name: domain, sql: sqlMapped(domainWritten, new Map(Object.entries(mailDomains))) },
    { name: user, sql: `if(${domain} = 'gmail.com', replaceAll(${plain}, '.', ''), ${plain})` },
    {
      name: `v_${field}`,
      sql: blankIf(
        `length(${user}) = 0 or ${user} in (${noMailboxes.map(sqlText).join(', ')}) or ${monotone(user)}`,
        `concat(${user}, '@', ${domain})`,
      ),
    },
    { name: `a_${field}_user`, sql: `if(v_${field} = '', '', replaceRegexpAll(${user}, '[._-]+', ''))` },
  ];
}

/** The last nine digits: what is left of a number without its country, however it is written. */
function phone(field: string): PreparedColumn[] {
  const digits = `s_${field}`;
  const counting = sqlTexts(['123456789', '234567890', '012345678', '987654321', '876543210']);
  return [
    { name: digits, sql: `right(replaceRegexpAll(substring(r_${field}, 1, 40), '[^0-9]', ''), 9)` },
    {
      name: `v_${field}`,
      sql: blankIf(
        `length(${digits}) < 6 or has(${counting}, ${digits}) or length(replaceAll(${digits}, right(${digits}, 1), '')) < 2`,
        digits,
      ),
    },
  ];
}

function address(): PreparedColumn[] {
  const forms = new Map(Object.entries(streetWords));
  const street = `arrayStringConcat(arrayMap(w -> ${sqlMapped('w', forms)}, splitByChar(' ', ${words('r_street', 100)})), ' ')`;
  const city = `replaceRegexpAll(${words('r_city', 60)}, ' (cedex|[0-9]+e?r?e?m?e?)\\\\b', '')`;
  return [
    { name: 's_street', sql: street },
    { name: 'v_street', sql: blankIf(monotone('s_street'), 's_street') },
    { name: 'a_street_number', sql: "extract(v_street, '[0-9]+')" },
    // A spreadsheet takes the leading noughts: they are taken everywhere.
    {
      name: 'v_postal_code',
      sql: `trim(LEADING '0' FROM replaceRegexpAll(${folded('substring(r_postal_code, 1, 20)')}, '[^a-z0-9]+', ''))`,
    },
    { name: 's_city', sql: city },
    { name: 'v_city', sql: blankIf("s_city in ('unknown', 'inconnu', 'inconnue', 'none', 'n a')", 's_city') },
  ];
}

/** Letters and digits, of a web address its domain; a SIRET and a French VAT number are known by the SIREN in them (`core`). */
function identifier(field: string): PreparedColumn[] {
  const text = `s_${field}`;
  const written = `trim(substring(r_${field}, 1, 200))`;
  const domain = `extract(lowerUTF8(${written}), '^(?:https?://)?(?:www[.])?([^/?#:]*)')`;
  const plain = `if(match(${written}, '^(?i)(https?://|www[.])'), ${domain}, ${written})`;
  return [
    { name: text, sql: `replaceRegexpAll(${folded(`substring(${plain}, 1, 64)`)}, '[^a-z0-9]+', '')` },
    { name: `v_${field}`, sql: blankIf(`length(${text}) < 4 or ${monotone(text)}`, text) },
    {
      name: `a_${field}_core`,
      sql: `multiIf(match(v_${field}, '^[0-9]{14}$'), substring(v_${field}, 1, 9),
        match(v_${field}, '^fr[a-z0-9]{2}[0-9]{9}$'), substring(v_${field}, 5), v_${field})`,
    },
  ];
}

function companyName(field: string): PreparedColumn[] {
  const all = `s_${field}`;
  return [
    { name: all, sql: `splitByChar(' ', ${words(`r_${field}`, 100)})` },
    { name: `s_${field}_core`, sql: `arrayFilter(w -> w not in (${legalForms.map(sqlText).join(', ')}), ${all})` },
    { name: `v_${field}`, sql: `arrayStringConcat(if(empty(s_${field}_core), ${all}, s_${field}_core), ' ')` },
    { name: `a_${field}_core`, sql: firstWord(`v_${field}`) },
  ];
}

function text(field: string, length: number): PreparedColumn[] {
  const value = `s_${field}`;
  return [
    { name: value, sql: words(`r_${field}`, length) },
    { name: `v_${field}`, sql: blankIf(`${value} in (${noNames.map(sqlText).join(', ')})`, value) },
  ];
}

/** The columns a comparison needs. Those named `v_…` are the normal form of a field, `a_…` forms of it; others are steps. */
export function compileColumns({ field, method }: Pick<MatchComparison, 'field' | 'method'>): PreparedColumn[] {
  switch (method) {
    case 'given_name':
      return givenName(field);
    case 'family_name':
      return familyName(field);
    case 'birth_date':
      return birthDate(field);
    case 'email':
      return email(field);
    case 'phone':
      return phone(field);
    case 'address':
      return address();
    case 'identifier':
      return identifier(field);
    case 'company_name':
      return companyName(field);
    case 'text':
      return text(field, 120);
    case 'category':
      return text(field, 60);
  }
}

/** Fields of a record that a comparison reads. */
export const fieldsOf = ({ field, method }: Pick<MatchComparison, 'field' | 'method'>): readonly string[] =>
  method === 'address' ? ['street', 'postal_code', 'city'] : [field];
