import { type ImportKind, type ImportMapping, importFields, importKinds } from '@vitrail/contracts';
import { foldText } from '../values/foldText.ts';
import { guessDateOrder } from '../values/guessDate.ts';
import { type Look, looksLike } from '../values/looksLike.ts';
import { parseNumber } from '../values/parseNumber.ts';
import { fieldType, isDateType, isNumberType } from './fieldTypes.ts';
import { rejectColumns } from './rejectColumns.ts';
import { oneSpelling, synonyms, systems } from './synonyms.ts';

/** A column with some of its values, spread over the file. */
export interface ColumnSample {
  readonly name: string;
  readonly values: readonly string[];
}

export interface GuessedField {
  readonly field: string;
  readonly by: 'header' | 'values';
}

// Words that say whose value it is, not what it is: "billing city" is a city.
const noise =
  /\b(customer|client|cliente|contact|billing|facturation|facture|user|acheteur|buyer|shopper|account|compte|du|de la|de|the|principal|principale|primary|field)\b/g;

/** The field a header names, or null. */
export function fieldOfHeader(header: string, kind: ImportKind): string | null {
  const known = synonyms[kind];
  // camelCase is how JSON writes two words.
  const spaced = oneSpelling(foldText(header.replace(/([a-z\d])([A-Z])/g, '$1 $2')));
  for (const phrase of [spaced, oneSpelling(foldText(header)), spaced.replace(noise, ' ').replace(/ +/g, ' ').trim()]) {
    const field = known.get(phrase);
    if (field !== undefined) return field;
  }
  if (kind === 'products' || kind === 'outside-segments' || kind === 'id-mappings') return null;
  const [, system] = /^(?:id )?(\w+?)(?: customer| client| contact| user)?(?: id)?$/.exec(spaced) ?? [];
  return system !== undefined && /\bid\b/.test(spaced) && systems.has(system) ? `${system}_id` : null;
}

const consentFor: Readonly<Record<string, string>> = { email: 'consent.email', phone: 'consent.phone' };

/** A header is believed against typos and impossible values, not against values of another kind. */
const some = (values: readonly string[], test: (value: string) => boolean): boolean =>
  values.filter(test).length >= values.length * 0.2;
const isDateLike = (value: string): boolean => /\d{1,4}[-/. ](?:\d{1,2}|\p{L}{3,9})[-/. ]\d{1,4}/u.test(value);
const isNumberLike = (value: string): boolean => {
  const number = parseNumber(value, '.');
  return typeof number === 'number' || number.reason === 'number_out_of_range';
};

/** What the values make of a header's word: "mail" over oui/non is a consent, "client" over addresses is an e-mail. */
function agree(field: string, look: Look, kind: ImportKind, values: readonly string[]): string | null {
  if (look === 'empty') return field;
  if (field === 'email' && (look === 'email' || look === 'text')) return field;
  if (look === 'flag' && kind === 'people' && consentFor[field] !== undefined) return consentFor[field];
  if (field === 'user_id' && look === 'email') return 'email';
  if (field === 'user_id' && some(values, (value) => /^\p{L}+ \p{L}+/u.test(value)))
    return kind === 'people' ? 'name' : null;
  if (field === 'email') return null;
  if (field === 'phone') return look === 'date' ? null : field;
  const type = fieldType(field);
  // What no row can do without is believed: rows rejected with a reason say more than "no such column".
  if (look === 'text' && importFields[kind].some(({ name, required }) => name === field && required === true))
    return field;
  if (isDateType(type)) return guessDateOrder(values, 'dmy') !== null || some(values, isDateLike) ? field : null;
  if (isNumberType(type)) return look !== 'date' && some(values, isNumberLike) ? field : null;
  if (type === 'consent') return look === 'flag' ? field : null;
  return field;
}

/** What values alone say, for columns whose header says nothing. Only looks that cannot be mistaken. */
function fieldOfLook(look: Look, kind: ImportKind): string | null {
  if (kind === 'products') return null;
  if (look === 'email' || look === 'phone') return look;
  if (kind === 'people') return null;
  if (look === 'currency') return kind === 'events' ? null : 'currency';
  if (look === 'date') return kind === 'events' ? 'timestamp' : 'ordered_at';
  return null;
}

/** Guesses what each column is. `given` wins, and a field it names is not guessed a second time. */
export function guessMapping(
  columns: readonly ColumnSample[],
  kind: ImportKind,
  given: ImportMapping,
): Map<string, GuessedField> {
  const guessed = new Map<string, GuessedField>();
  const taken = new Set(Object.values(given));
  const manyAllowed = new Set(
    importFields[kind].filter(({ many }) => many === true && kind === 'people').map(({ name }) => name),
  );
  const take = (column: string, field: string | null, by: GuessedField['by']): void => {
    if (field === null || guessed.has(column) || (taken.has(field) && !manyAllowed.has(field))) return;
    guessed.set(column, { field, by });
    taken.add(field);
  };
  const ignored = new Set<string>(rejectColumns);
  for (const { name } of columns) {
    if (ignored.has(name) && given[name] === undefined) guessed.set(name, { field: 'ignore', by: 'header' });
  }
  const free = columns.filter(({ name }) => given[name] === undefined && !guessed.has(name));
  const looks = new Map(free.map(({ name, values }) => [name, looksLike(values)]));
  for (const { name, values } of free) {
    const field = fieldOfHeader(name, kind);
    if (field !== null) take(name, agree(field, looks.get(name) ?? 'empty', kind, values), 'header');
  }
  for (const { name } of free) take(name, fieldOfLook(looks.get(name) ?? 'empty', kind), 'values');
  nameOrLastName(columns, kind, taken, take);
  return guessed;
}

/** « Nom » is the family name beside a first name, and the whole name alone. */
function nameOrLastName(
  columns: readonly ColumnSample[],
  kind: ImportKind,
  taken: ReadonlySet<string>,
  take: (column: string, field: string, by: 'header') => void,
): void {
  if (kind !== 'people') return;
  const column = columns.find(({ name }) => /^nom( (du )?client)?$/.test(foldText(name)));
  if (column !== undefined) take(column.name, taken.has('first_name') ? 'last_name' : 'name', 'header');
}

const signs: readonly (readonly [ImportKind, readonly (readonly string[])[]])[] = [
  ['order-lines', [['order_id'], ['product_id', 'sku', 'product_name'], ['quantity', 'unit_price', 'line_total']]],
  ['orders', [['order_id'], ['total'], ['ordered_at']]],
  ['products', [['title'], ['price', 'sale_price', 'gtin', 'image_link'], ['product_id']]],
  [
    'events',
    [
      ['event', 'type'],
      ['timestamp', 'message_id', 'properties'],
    ],
  ],
  ['people', [['email', 'phone', 'user_id', 'loyalty_card']]],
];

/** What the rows of a file seem to be, from its columns. */
export function guessKind(columns: readonly ColumnSample[]): ImportKind {
  for (const [kind, needs] of signs) {
    const fields = new Set([...guessMapping(columns, kind, {}).values()].map(({ field }) => field));
    if (needs.every((group) => group.some((field) => fields.has(field)))) return kind;
  }
  return importKinds[0];
}
