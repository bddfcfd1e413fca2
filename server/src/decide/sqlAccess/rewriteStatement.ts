import { refuse } from './errors.ts';
import { type Token, tokenize, withoutValues } from './tokens.ts';

/** What the engine knows by name, besides the views it is given with a statement. */
export interface EngineNames {
  readonly tables: ReadonlySet<string>;
  readonly databases: ReadonlySet<string>;
}

export interface Rewritten {
  /** The statement over the views, which are called `published_<name>`. */
  readonly text: string;
  /** Names of the published views it mentions. */
  readonly views: ReadonlySet<string>;
  /** The statement with every value left out. */
  readonly skeleton: string;
}

/**
 * A published view `events` and the table `events` have one name, and ClickHouse would look for a table where no view is in
 * sight: `with events as (select * from events)` reads the table. So in a statement every name that the engine knows, and
 * every name of a view, is given this prefix, wherever it stands and whatever it means there. What is left cannot name a
 * table.
 */
const prefix = 'published_';
export const publishedName = (view: string): string => `${prefix}${view}`;
/** The names as the analyst wrote them, in column names and messages. */
export const withoutPrefix = (text: string): string => text.replaceAll(prefix, '');

/** Clauses that would act on the server, in the words of ClickHouse's formatter. */
const clauses: readonly (readonly [words: readonly string[], ...Parameters<typeof refuse>])[] = [
  [['SETTINGS'], 'settings', 'A statement may not change settings.'],
  [['INTO', 'OUTFILE'], 'output', 'A statement may not write files; its answer can be downloaded as CSV.'],
  [['FORMAT'], 'output', 'Leave FORMAT out: the answer is JSON, and CSV in the console.'],
  [['PARALLEL', 'WITH'], 'several', 'Send one statement at a time.'],
  [['APPLY'], 'construct', 'APPLY is not supported here: name the columns.'],
  [['STREAM'], 'construct', 'STREAM is not supported here.'],
];

/** Checks a statement by its words and binds its names. `text` comes from ClickHouse's formatter. Throws refusals. */
export function rewriteStatement(
  text: string,
  views: ReadonlySet<string>,
  engine: EngineNames,
  decodePerson: (id: string) => number | null,
): Rewritten {
  if (!/^\(*(SELECT|WITH)\b/.test(text))
    throw refuse('not_a_select', 'Only SELECT is possible here: the data is read-only.');
  const tokens = tokenize(text);
  refuseClauses(tokens, text);
  const used = new Set<string>();
  const parts: string[] = [];
  let done = 0;
  const replace = (from: number, to: number, by: string): void => {
    parts.push(text.slice(done, from), by);
    done = to;
  };
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'string' && /aggregatefunction/i.test(token.text))
      throw refuse('construct', 'States of aggregate functions cannot be made from text.');
    if (token.kind !== 'name' || token.from < done) continue;
    refuseQualified(token, tokens[index + 1], engine.databases);
    const person = personLiteral(tokens, index);
    if (person !== null) {
      const id = decodePerson(person.id);
      if (id === null) throw refuse('unknown_person', 'person(…) takes the id of a customer, as its page shows it.');
      replace(token.from, person.to, String(id));
    } else if (views.has(token.text) || engine.tables.has(token.text)) {
      if (views.has(token.text)) used.add(token.text);
      replace(token.from, token.to, `\`${publishedName(token.text)}\``);
    }
  }
  parts.push(text.slice(done));
  return { text: parts.join(''), views: used, skeleton: withoutValues(tokens) };
}

/** A keyword is written in capitals and bare; a column of that name, were there one, would have to be quoted. */
function refuseClauses(tokens: readonly Token[], text: string): void {
  const bare = (token: Token | undefined): string | null =>
    token?.kind === 'name' && text[token.from] !== '`' ? token.text : null;
  for (const [index] of tokens.entries()) {
    for (const [words, ...refusal] of clauses) {
      if (words.every((word, offset) => bare(tokens[index + offset]) === word)) throw refuse(...refusal);
    }
  }
}

function refuseQualified(token: Token, next: Token | undefined, databases: ReadonlySet<string>): void {
  const { text } = token;
  if (text.startsWith(prefix)) throw refuse('name', `Names that begin with ${prefix} are taken.`);
  if (next?.text === '.' && next.kind === 'symbol' && databases.has(text.toLowerCase()))
    throw refuse('other_database', `Nothing in the database ${text} can be read. Name the published views alone.`);
}

/** `person('…')` beginning at `index`. */
function personLiteral(tokens: readonly Token[], index: number): { id: string; to: number } | null {
  const [name, open, value, close] = tokens.slice(index, index + 4);
  if (name?.text !== 'person' || open?.text !== '(' || open.kind !== 'symbol') return null;
  if (value?.kind !== 'string' || close?.text !== ')') return null;
  return { id: value.text.slice(1, -1), to: close.to };
}
