import { now } from './moment.ts';
import type { Parameters } from './parameters.ts';

/** Where numbers about a person come from: one table, read once for everything that is asked of it. */
export type Source = 'events' | 'orders' | 'lines';

/** An aggregate over the rows of a source that pass all conditions. */
export interface Aggregate {
  /** ClickHouse function, parameters included: `sum`, `groupArraySorted(3)`. */
  readonly of: string;
  /** SQL of a row's value; absent for `count`. */
  readonly over?: string;
  /** SQL conditions on small columns: cheap enough to leave rows out of the scan altogether. */
  readonly cheap: readonly string[];
  readonly dear: readonly string[];
  /** SQL conditions on `at`. */
  readonly timed: readonly string[];
}

/** A query of its own that gives one row per person, `person` and the named columns. */
export interface PersonQuery {
  readonly alias: string;
  readonly columns: readonly string[];
  readonly text: (scope: ScopeSql) => string;
}

/** Whom a query is about, as SQL. */
export interface ScopeSql {
  /** Condition on a profile row's id: `and profile_id in …`, or ''. */
  readonly rows: string;
  /** Condition on the root's id. */
  readonly people: string;
  /** The person a `profile_id` belongs to. */
  readonly person: string;
  /** Few rows: joined to people at once, where everyone's are gathered by profile row first. */
  readonly few: boolean;
}

interface Table {
  readonly from: string;
  /** When a row happened, Int64 milliseconds. */
  readonly at: string;
  /** Which rows count at all; `rows` narrows to the scope's profile rows. */
  readonly standing: (rows: string) => string;
  readonly prefix: string;
}

const tables: Readonly<Record<Source, Table>> = {
  events: {
    from: 'events',
    at: 'toUnixTimestamp64Milli(timestamp)',
    standing: () => "not bot and type != 'segment'",
    prefix: 'e',
  },
  orders: {
    from: 'customer_orders final',
    at: 'toUnixTimestamp64Milli(ordered_at)',
    standing: () => "status not in ('cancelled', '')",
    prefix: 'o',
  },
  lines: {
    from: 'customer_order_lines final',
    at: 'toUnixTimestamp64Milli(ordered_at)',
    standing: (rows) => `not removed and (profile_id, order_id) not in (
          select profile_id, order_id from customer_orders final
          where workspace_id = {workspace:UInt32}${rows} and status in ('cancelled', ''))`,
    prefix: 'l',
  },
};

/** Expressions that are computed once and then called by a short name. */
class Columns {
  readonly #names = new Map<string, string>();
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  name(expression: string): string {
    let name = this.#names.get(expression);
    if (name === undefined) {
      name = `${this.#prefix}${this.#names.size + 1}`;
      this.#names.set(expression, name);
    }
    return name;
  }

  get selected(): string[] {
    return [...this.#names].map(([expression, name]) => `${expression} as ${name}`);
  }

  /** Those that these texts speak of, and those that they speak of in turn. */
  selectedFor(texts: readonly string[]): string[] {
    const wanted = new Set<string>();
    const byName = new Map([...this.#names].map(([expression, name]) => [name, expression]));
    const own = new RegExp(`\\b${this.#prefix}\\d+\\b`, 'g');
    const look = (text: string): void => {
      for (const [name] of text.matchAll(own)) {
        if (wanted.has(name)) continue;
        wanted.add(name);
        look(byName.get(name) ?? '');
      }
    };
    texts.forEach(look);
    return [...this.#names]
      .filter(([, name]) => wanted.has(name))
      .map(([expression, name]) => `${expression} as ${name}`);
  }
}

interface AskedAggregate {
  readonly column: string;
  readonly of: string;
  readonly args: string;
  /** Which rows it can be about, by small columns and without their time; '' for every row. */
  readonly kind: string;
  /** The same with their time; null when it is content with what others of its kind read. */
  readonly filter: string | null;
}

/** The newest rows of those that pass, however old: one array serves every window, as long as the longest is asked for. */
interface Newest {
  readonly column: string;
  readonly args: string;
  readonly kind: string;
  most: number;
}

const joined = (conditions: readonly string[]): string => conditions.map((each) => `(${each})`).join(' and ');

/**
 * Reads of one table for everyone, at most. Aggregates about the same kind of rows share a read that leaves all other rows
 * out; asked over every row there is, the conditions of a hundred segments took 176 s for 10 s of work.
 */
const mostReads = 8;

/** What is asked of one table. */
class SourceFeatures {
  readonly source: Source;
  /** Per row: whether it matches, and values. */
  readonly rows: Columns;
  /** Per person, by what is called over which rows. */
  readonly #aggregates = new Map<string, AskedAggregate>();
  readonly #newest = new Map<string, Newest>();

  constructor(source: Source) {
    this.source = source;
    this.rows = new Columns(`${tables[source].prefix}r`);
  }

  add({ of, over, cheap, dear, timed }: Aggregate): string {
    const where = [...this.#match(cheap, dear), ...timed].join(' and ') || '1';
    const value = over === undefined || over === 'at' || over === '-at' ? over : this.rows.name(over);
    const args = value === undefined ? where : `${value}, ${where}`;
    const key = `${of}(${args})`;
    const known = this.#aggregates.get(key);
    if (known !== undefined) return known.column;
    const column = this.#nextColumn();
    this.#aggregates.set(key, { column, of, args, kind: joined(cheap), filter: joined([...cheap, ...timed]) });
    return column;
  }

  /** Array of the negative times of the newest rows that pass, among those that an aggregate of the same kind is about. */
  newest(cheap: readonly string[], dear: readonly string[], most: number): string {
    const where = this.#match(cheap, dear).join('') || '1';
    const known = this.#newest.get(where);
    if (known !== undefined) {
      known.most = Math.max(known.most, most);
      return known.column;
    }
    const column = this.#nextColumn();
    this.#newest.set(where, { column, args: `-at, ${where}`, kind: joined(cheap), most });
    return column;
  }

  #match(cheap: readonly string[], dear: readonly string[]): string[] {
    return cheap.length + dear.length === 0 ? [] : [this.rows.name(joined([...cheap, ...dear]))];
  }

  #nextColumn(): string {
    return `${tables[this.source].prefix}${this.#aggregates.size + this.#newest.size + 1}`;
  }

  /** Few people's rows are read once for everything; everyone's once for each kind of rows. */
  queriesFor(scope: ScopeSql): { alias: string; text: string }[] {
    const { prefix } = tables[this.source];
    return this.#reads(scope.few).map((aggregates, index) => ({
      alias: index === 0 ? prefix : `${prefix}${prefix}${index}`,
      text: this.#write(aggregates, scope),
    }));
  }

  #reads(few: boolean): readonly (readonly AskedAggregate[])[] {
    const newest = [...this.#newest.values()].map(
      ({ column, args, kind, most }): AskedAggregate => ({
        column,
        of: `groupArraySorted(${most})`,
        args,
        kind,
        filter: null,
      }),
    );
    const all = [...this.#aggregates.values(), ...newest];
    if (few) return [all];
    const kinds = new Map<string, AskedAggregate[]>();
    for (const aggregate of all) {
      const same = kinds.get(aggregate.kind);
      if (same === undefined) kinds.set(aggregate.kind, [aggregate]);
      else same.push(aggregate);
    }
    const everyRow = kinds.get('');
    kinds.delete('');
    const reads: AskedAggregate[][] = everyRow === undefined ? [] : [everyRow];
    const named = [...kinds.values()];
    const room = mostReads - reads.length;
    for (const [index, same] of named.entries()) {
      if (index < room) reads.push(same);
      else reads[reads.length - room + (index % room)]?.push(...same);
    }
    return reads;
  }

  /**
   * For everyone in two levels: rows are gathered by profile row, which follows the order of the table, and only then
   * joined to people. Asking the dictionary for every row would cost more than everything else.
   */
  #write(aggregates: readonly AskedAggregate[], scope: ScopeSql): string {
    const { from, at, standing } = tables[this.source];
    const filters = new Set(aggregates.flatMap(({ filter }) => filter ?? []));
    const wanted = filters.has('') ? '' : ` and (${[...filters].join(' or ')})`;
    const rows = `
        select workspace_id, profile_id, ${[`${at} as at`, ...this.rows.selectedFor(aggregates.map(({ args }) => args))].join(', ')}
        from ${from}
        where workspace_id = {workspace:UInt32} and profile_id > 0 and ${standing(scope.rows)}${scope.rows}${wanted}`;
    const call = (of: string, suffix: string): string => of.replace(/^\w+/, (name) => `${name}If${suffix}`);
    return scope.few
      ? `
      select ${scope.person} as person, ${aggregates.map(({ of, args, column }) => `${call(of, '')}(${args}) as ${column}`).join(', ')}
      from (${rows})
      group by person`
      : `
      select ${scope.person} as person, ${aggregates.map(({ of, column }) => `${call(of, 'Merge')}(${column}s) as ${column}`).join(', ')}
      from (
        select workspace_id, profile_id, ${aggregates.map(({ of, args, column }) => `${call(of, 'State')}(${args}) as ${column}s`).join(', ')}
        from (${rows})
        group by workspace_id, profile_id
      )
      group by person`;
  }
}

/** Collects what conditions need to know about a person, each thing once, and writes the queries that find it out. */
export class Features {
  readonly params: Parameters;
  readonly #sources = new Map<Source, SourceFeatures>();
  readonly #queries = new Map<string, PersonQuery>();
  readonly #person = new Columns('t');
  readonly #derived = new Map<string, string>();
  readonly #steps: string[] = [];

  /** False where nobody asks when an answer changes by time: a count need not know the newest of each person. */
  readonly moments: boolean;

  constructor(params: Parameters, options: { moments: boolean } = { moments: true }) {
    this.params = params;
    this.moments = options.moments;
  }

  /** Asks for an aggregate; returns the column that will hold it. Over no row it is 0, or null where `of` ends in OrNull. */
  add(source: Source, aggregate: Aggregate): string {
    return this.#of(source).add(aggregate);
  }

  /**
   * Asks for the newest rows of those that pass, whatever their age: negative times, the newest first, at least `most` where
   * there are so many. Reads nothing by itself: an aggregate with the same conditions must be asked for beside it, and the
   * array holds its rows and perhaps older ones.
   */
  newest(source: Source, { cheap, dear, most }: Pick<Aggregate, 'cheap' | 'dear'> & { readonly most: number }): string {
    return this.#of(source).newest(cheap, dear, most);
  }

  #of(source: Source): SourceFeatures {
    let features = this.#sources.get(source);
    if (features === undefined) {
      features = new SourceFeatures(source);
      this.#sources.set(source, features);
    }
    return features;
  }

  /** Names SQL over a row of a source, for use in what is aggregated. */
  row(source: Source, expression: string): string {
    return this.#of(source).rows.name(expression);
  }

  /** Asks for something about a customer, SQL over columns of `customers`; returns the column that will hold it. */
  person(expression: string): string {
    return this.#person.name(expression);
  }

  /** Asks for a query of its own; `write` is called once for equal keys. */
  addQuery(key: string, write: (alias: string) => PersonQuery): PersonQuery {
    let query = this.#queries.get(key);
    if (query === undefined) {
      query = write(`q${this.#queries.size + 1}`);
      this.#queries.set(key, query);
    }
    return query;
  }

  /**
   * Names SQL over what was asked about a person, step by step; `write` is called once for equal keys, with what its names
   * must begin with, and gives expressions by name.
   */
  derive(key: string, write: (prefix: string) => ReadonlyMap<string, string>): string {
    let prefix = this.#derived.get(key);
    if (prefix === undefined) {
      prefix = `d${this.#derived.size + 1}_`;
      this.#derived.set(key, prefix);
      for (const [name, expression] of write(prefix)) this.#steps.push(`${expression} as ${name}`);
    }
    return prefix;
  }

  /** Stands before the select over `fromPeople`. */
  get withDerived(): string {
    return this.#steps.length === 0 ? '' : `with ${this.#steps.join(',\n    ')}`;
  }

  /** Customers, one row each, with everything that was asked about them. */
  fromPeople(scope: ScopeSql): string {
    const queries = [
      ...[...this.#sources.values()].flatMap((source) => source.queriesFor(scope)),
      ...[...this.#queries.values()].map(({ alias, text }) => ({ alias, text: text(scope) })),
    ];
    const joins = queries.map(({ alias, text }) => `left any join (${text}) as ${alias} using (person)`);
    return `from (
    select profile_id as person, ${['first_seen', ...this.#person.selected].join(', ')}
    from customers final
    where workspace_id = {workspace:UInt32}${scope.people} and not removed
  ) as p
  ${joins.join('\n  ')}`;
  }
}

/**
 * Puts the moment into a query's text. A number of our own stands there as it is: bound, each of its hundreds of places
 * would be one more expression to analyse, and analysing takes longer than asking about a few people.
 */
export const atMoment = (text: string, at: Date): string => text.replaceAll(now, String(at.getTime()));
