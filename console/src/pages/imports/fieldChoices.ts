import { type ImportKind, importFields } from '@vitrail/contracts';

interface Choice {
  readonly value: string;
  readonly label: string;
}
interface Words {
  readonly language: string;
  readonly fields: string;
  readonly others: string;
  readonly ignore: string;
  keep(column: string): string;
  id(column: string): string;
}

/** A column's name as a name of ours: lower case, plain letters, underscores. */
export const slugOf = (column: string): string =>
  column
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '') || 'column';

/** What partners send has no room for columns of one's own. */
const closed: ReadonlySet<ImportKind> = new Set(['outside-segments', 'id-mappings']);

/** What a column can become: a field of the kind, a trait or property of its own, an id in another system, nothing. */
export function fieldChoices(kind: ImportKind, column: string, current: string | null, words: Words) {
  const slug = slugOf(column);
  const fields: Choice[] = importFields[kind].map(({ name, label }) => ({
    value: name,
    label: words.language === 'fr' ? label.fr : label.en,
  }));
  const own = kind === 'people' ? `trait.${slug}` : `property.${slug}`;
  const others: Choice[] = [
    { value: 'ignore', label: words.ignore },
    ...(closed.has(kind) ? [] : [{ value: own, label: words.keep(column) }]),
    ...(kind === 'products' || closed.has(kind)
      ? []
      : [{ value: slug.endsWith('_id') ? slug : `${slug}_id`, label: words.id(column) }]),
  ].filter((choice) => !fields.some(({ value }) => value === choice.value));
  if (current !== null && ![...fields, ...others].some(({ value }) => value === current))
    others.unshift({ value: current, label: current });
  return [
    { group: words.fields, items: fields },
    { group: words.others, items: others },
  ];
}
