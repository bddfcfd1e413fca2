import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { catalogue as en } from './en/index.ts';
import { catalogue as fr } from './fr/index.ts';
import { compileMessage } from './icu.ts';

type Element = ReturnType<IntlMessageFormat['getAst']>[number];
const numbers = [0, 1, 2, 3.5, 21, 1_200, 1_000_000];

const library = (text: string, locale: string) => new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });

function textsOf(tree: object): string[] {
  return Object.values(tree).flatMap((value: unknown) =>
    typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? textsOf(value) : [],
  );
}

/** Values to try for each argument of a message: numbers for plurals, every case and a stranger for choices. */
function trialsOf(elements: readonly Element[], found = new Map<string, (string | number)[]>()) {
  for (const element of elements) {
    if (!('value' in element) || element.type === 0) continue;
    if ('options' in element) {
      const cases = Object.keys(element.options);
      found.set(element.value, 'pluralType' in element ? [...numbers, -1, 365] : [...cases, 'stranger']);
      for (const { value } of Object.values(element.options)) trialsOf(value, found);
    } else if (!found.has(element.value)) found.set(element.value, element.type === 2 ? numbers : ['Zoé', 7]);
  }
  return found;
}

/** Every value of every argument, with the first of the others, and all together. */
function valuesOf(trials: ReadonlyMap<string, readonly (string | number)[]>): Record<string, string | number>[] {
  const first = Object.fromEntries([...trials].map(([name, values]) => [name, values[0] ?? '']));
  return [first, ...[...trials].flatMap(([name, values]) => values.map((value) => ({ ...first, [name]: value })))];
}

describe.each([
  ['en-GB', en],
  ['fr-FR', fr],
])('our reader of messages in %s', (locale, catalogue) => {
  it('says what the ICU library says, for every message and all kinds of values', () => {
    const messages = textsOf(catalogue).filter((text) => text.includes('{'));
    expect(messages.length).toBeGreaterThan(100);
    for (const text of messages) {
      const theirs = library(text, locale);
      const ours = compileMessage(text, locale);
      for (const values of valuesOf(trialsOf(theirs.getAst())))
        expect(ours(values), `${text} with ${JSON.stringify(values)}`).toBe(theirs.format(values));
    }
  });
});

it.each([
  "It''s {name}'s",
  "'{'{name}'}' and '{quoted} '' here'",
  '{n, plural, =0 {none} one {# of {name}} other {# {name, select, a {of a} other {of {name} #}}}}',
  '{n, plural,=1{one}other{ spaces # kept }} # {n}',
  '{ n , number } {name}',
  '{name, select, a {{n, plural, one {1} other {many}}} other {}}|',
])('reads %s as the library does', (text) => {
  for (const values of [
    { n: 0, name: 'a' },
    { n: 1, name: 'b' },
    { n: 5_000, name: '{a}' },
  ])
    expect(compileMessage(text, 'en-GB')(values)).toBe(library(text, 'en-GB').format(values));
});

it.each(['{', '{name', '{n, plural, one {x}}', '{n, date}', '{n, plural, one {x} other {y}', '{, number}'])(
  'refuses %s',
  (text) => {
    expect(() => compileMessage(text, 'en-GB')).toThrow('is missing');
  },
);

it('says which value is missing', () => {
  expect(() => compileMessage('Hello {name}', 'en-GB')({})).toThrow('“name”');
});
