import type { Parameters } from './parameters.ts';

/** Where numbers about a person come from: one table, read once for everything that is asked of it. */
export type Source = 'events' | 'orders' | 'lines';

/** An aggregate over the rows of a source that pass a condition. */
export interface Aggregate {
  /** ClickHouse function, parameters included: `sum`, `groupArraySorted(3)`. */
  readonly of: string;
  /** SQL argument; absent for `count`. */
  readonly over?: string;
  /** SQL conditions on the row. */
  readonly where: readonly string[];
}

interface Feature extends Aggregate {
  readonly column: string;
  /** Conditions cheap enough to leave rows out of the scan altogether. */
  readonly prefilter: readonly string[];
}

/** A query of its own that gives one row per person, `person` and the named columns. */
export interface PersonQuery {
  readonly alias: string;
  readonly columns: readonly string[];
  /** `scope` gives the condition on `profile_id` and the SQL that maps it to the person. */
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
}

interface Table {
  readonly from: string;
  /** Which rows count at all; `rows` narrows to the scope's profile rows. */
  readonly standing: (rows: string) => string;
  readonly prefix: string;
}

const tables: Readonly<Record<Source, Table>> = {
  events: { from: 'events', standing: () => "not bot and type != 'segment'", prefix: 'e' },
  orders: { from: 'customer_orders final', standing: () => "status not in ('cancelled', '')", prefix: 'o' },
  lines: {
    from: 'customer_order_lines final',
    standing: (rows) => `not removed and (profile_id, order_id) not in (
          select profile_id, order_id from customer_orders final
          where workspace_id = {workspace:UInt32}${rows} and status in ('cancelled', ''))`,
    prefix: 'l',
  },
};

/** Collects what conditions need to know about a person, each thing once, and writes the queries that find it out. */
export class Features {
  readonly params: Parameters;
  readonly #features = new Map<Source, Map<string, Feature>>();
  readonly #queries = new Map<string, PersonQuery>();

  constructor(params: Parameters) {
    this.params = params;
  }

  /** Asks for an aggregate; returns the column that will hold it. */
  add(source: Source, aggregate: Aggregate, prefilter: readonly string[] = []): string {
    let features = this.#features.get(source);
    if (features === undefined) {
      features = new Map();
      this.#features.set(source, features);
    }
    const key = JSON.stringify([aggregate.of, aggregate.over, aggregate.where]);
    let feature = features.get(key);
    if (feature === undefined) {
      feature = { ...aggregate, column: `${tables[source].prefix}${features.size + 1}`, prefilter };
      features.set(key, feature);
    }
    return feature.column;
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

  /** One query per source and one per sequence, each with a row per person. */
  get queries(): readonly PersonQuery[] {
    const shared = [...this.#features].map(([source, features]) => readSource(source, [...features.values()]));
    return [...shared, ...this.#queries.values()];
  }
}

/**
 * Two levels: rows are gathered by profile row, which follows the order of the table, and only then joined to people. Asking
 * the dictionary for every row would cost more than everything else.
 */
function readSource(source: Source, features: readonly Feature[]): PersonQuery {
  const { from, standing, prefix } = tables[source];
  const columns = features.map(({ column }) => column);
  const state = ({ of, over = '', where, column }: Feature): string => {
    const [name, parameters] = splitFunction(of);
    const args = [over, where.length === 0 ? '1' : where.map((each) => `(${each})`).join(' and ')].filter(
      (each) => each !== '',
    );
    return `${name}IfState${parameters}(${args.join(', ')}) as ${column}_s`;
  };
  const merged = ({ of, column }: Feature): string => {
    const [name, parameters] = splitFunction(of);
    return `${name}IfMerge${parameters}(${column}_s) as ${column}`;
  };
  // Rows that no feature looks at are not gathered, unless some feature looks at all of them.
  const filters = [...new Set(features.map(({ prefilter }) => prefilter.map((each) => `(${each})`).join(' and ')))];
  const wanted = filters.includes('') ? '' : ` and (${filters.join(' or ')})`;
  return {
    alias: prefix,
    columns,
    text: (scope) => `
      select ${scope.person} as person, ${features.map(merged).join(', ')}
      from (
        select workspace_id, profile_id, ${features.map(state).join(', ')}
        from ${from}
        where workspace_id = {workspace:UInt32} and profile_id > 0 and ${standing(scope.rows)}${scope.rows}${wanted}
        group by workspace_id, profile_id
      )
      group by person`,
  };
}

const splitFunction = (of: string): [string, string] => {
  const at = of.indexOf('(');
  return at < 0 ? [of, ''] : [of.slice(0, at), of.slice(at)];
};
