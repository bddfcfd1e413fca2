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
}

/** What is asked of one table. */
class SourceFeatures {
  readonly source: Source;
  /** Per row: whether it matches, and values. */
  readonly rows: Columns;
  /** Per person. */
  readonly aggregates = new Map<string, { column: string; of: string; args: string }>();
  /** One per different set of cheap conditions; '' when some aggregate looks at every row. */
  readonly filters = new Set<string>();

  constructor(source: Source) {
    this.source = source;
    this.rows = new Columns(`${tables[source].prefix}r`);
  }

  add({ of, over, cheap, dear, timed }: Aggregate): string {
    const joined = (conditions: readonly string[]): string => conditions.map((each) => `(${each})`).join(' and ');
    this.filters.add(joined([...cheap, ...timed]));
    const match = cheap.length + dear.length === 0 ? [] : [this.rows.name(joined([...cheap, ...dear]))];
    const where = [...match, ...timed].join(' and ') || '1';
    const value = over === undefined || over === 'at' || over === '-at' ? over : this.rows.name(over);
    const args = value === undefined ? where : `${value}, ${where}`;
    const key = `${of}(${args})`;
    const known = this.aggregates.get(key);
    if (known !== undefined) return known.column;
    const column = `${tables[this.source].prefix}${this.aggregates.size + 1}`;
    this.aggregates.set(key, { column, of, args });
    return column;
  }

  /**
   * For everyone in two levels: rows are gathered by profile row, which follows the order of the table, and only then
   * joined to people. Asking the dictionary for every row would cost more than everything else.
   */
  toQuery(): PersonQuery {
    const { from, at, standing, prefix } = tables[this.source];
    const aggregates = [...this.aggregates.values()];
    const wanted = this.filters.has('') ? '' : ` and (${[...this.filters].join(' or ')})`;
    const rows = (scope: ScopeSql): string => `
        select workspace_id, profile_id, ${[`${at} as at`, ...this.rows.selected].join(', ')}
        from ${from}
        where workspace_id = {workspace:UInt32} and profile_id > 0 and ${standing(scope.rows)}${scope.rows}${wanted}`;
    const call = (of: string, suffix: string): string => of.replace(/^\w+/, (name) => `${name}If${suffix}`);
    return {
      alias: prefix,
      columns: aggregates.map(({ column }) => column),
      text: (scope) =>
        scope.few
          ? `
      select ${scope.person} as person, ${aggregates.map(({ of, args, column }) => `${call(of, '')}(${args}) as ${column}`).join(', ')}
      from (${rows(scope)})
      group by person`
          : `
      select ${scope.person} as person, ${aggregates.map(({ of, column }) => `${call(of, 'Merge')}(${column}s) as ${column}`).join(', ')}
      from (
        select workspace_id, profile_id, ${aggregates.map(({ of, args, column }) => `${call(of, 'State')}(${args}) as ${column}s`).join(', ')}
        from (${rows(scope)})
        group by workspace_id, profile_id
      )
      group by person`,
    };
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
    const queries = [...[...this.#sources.values()].map((source) => source.toQuery()), ...this.#queries.values()];
    const joins = queries.map(({ alias, text }) => `left any join (${text(scope)}) as ${alias} using (person)`);
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
