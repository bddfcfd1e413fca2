import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { catalogue as en } from './en/index.ts';
import { catalogue as fr } from './fr/index.ts';
import { firstLanguage, localeOf } from './i18n.ts';

function flatten(tree: object, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [name, value] of Object.entries(tree))
    if (typeof value === 'string') flat.set(prefix + name, value);
    else for (const [key, text] of flatten(value, `${prefix}${name}.`)) flat.set(key, text);
  return flat;
}
const english = flatten(en);
const french = flatten(fr);

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.') ? [readFileSync(path, 'utf8')] : [];
  });
}

/** Keys as written in the code: quoted ones word by word, templates with their holes as wildcards. */
function usedKeys(): { exact: Set<string>; patterns: RegExp[] } {
  const text = sources(fileURLToPath(new URL('..', import.meta.url))).join('\n');
  const exact = new Set([...text.matchAll(/['"]([A-Za-z][\w-]*(?:\.[\w-]+)+)['"]/g)].map((match) => match[1] ?? ''));
  const patterns = [...text.matchAll(/`([A-Za-z][\w-]*\.[^`\s]*\$\{[^`\s]*)`/g)].map(([, template = '']) => {
    const escaped = template.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${escaped.join('[\\w-]+')}$`);
  });
  return { exact, patterns };
}

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

const parse = (message: string, locale: string) =>
  new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).getAst();

/** The values a message asks for, by name. */
function placeholders(message: string, locale: string): Set<string> {
  const names = new Set<string>();
  const visit = (elements: readonly Element[]): void => {
    for (const element of elements) {
      if ('options' in element) for (const option of Object.values(element.options)) visit(option.value);
      // Literal text and the # of a plural ask for nothing.
      if (element.type !== 0 && element.type !== 7) names.add(element.value);
    }
  };
  visit(parse(message, locale));
  return names;
}

describe('the catalogues', () => {
  it('hold the same keys in both languages', () => {
    expect([...french.keys()].filter((key) => !english.has(key))).toEqual([]);
    expect([...english.keys()].filter((key) => !french.has(key))).toEqual([]);
  });

  it('hold no key that the console does not use', () => {
    const { exact, patterns } = usedKeys();
    const unused = [...english.keys()].filter((key) => !exact.has(key) && !patterns.some((one) => one.test(key)));
    expect(unused).toEqual([]);
  });

  it.each([
    ['en', english],
    ['fr', french],
  ] as const)('parse as ICU messages in %s', (locale, messages) => {
    for (const [key, message] of messages) expect(() => parse(message, locale), key).not.toThrow();
  });

  it('fill in the same values in both languages', () => {
    for (const [key, message] of english)
      expect(placeholders(french.get(key) ?? '', 'fr'), key).toEqual(placeholders(message, 'en'));
  });

  it('set French punctuation with no-break spaces and true apostrophes', () => {
    for (const [key, message] of french) {
      expect(message, key).not.toMatch(/[^\u202f\u00a0][;!?»](?![\w/=&])/u);
      expect(message, key).not.toMatch(/ :|«[^\u202f\u00a0]/u);
      expect(message, key).not.toMatch(/\p{L}'\p{L}/u);
    }
  });

  it('leave no English sentence behind in French', () => {
    const copied = [...english].filter(
      ([key, text]) => text.replace(/\{[^}]*\}/g, '').split(/\s+/).length > 4 && french.get(key) === text,
    );
    expect(copied.map(([key]) => key)).toEqual([]);
  });
});

describe('the choice of a language', () => {
  it('is what was chosen before, else the first of the browser that we speak, else English', () => {
    expect(firstLanguage('fr', ['en-US'])).toBe('fr');
    expect(firstLanguage(null, ['de-DE', 'fr-BE', 'en'])).toBe('fr');
    expect(firstLanguage('klingon', ['de'])).toBe('en');
  });

  it('keeps the region of the browser', () => {
    expect(localeOf('fr', ['en-US', 'fr-CA'])).toBe('fr-CA');
    expect(localeOf('fr', ['en-US'])).toBe('fr-FR');
    expect(localeOf('en', [])).toBe('en-GB');
  });
});
