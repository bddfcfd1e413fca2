import type { ChQuery } from '../../platform/index.ts';
import { publishedName } from './rewriteStatement.ts';

type Text = ChQuery<{ statement: 'String' }, { text: 'String' }>;
type Tree = ChQuery<Record<never, never>, { explain: 'String' }>;
const viewParams = { workspace: 'UInt32', zone: 'String' } as const;
type Columns = ChQuery<typeof viewParams, { name: 'String'; type: 'String' }>;
type Rows = ChQuery<typeof viewParams, { cells: 'String'; more: 'UInt8' }>;

/** ClickHouse's own parser and formatter over a text that is only data here: one spelling, no comments, one statement. */
export const compileFormat = (): Text => ({
  name: 'decide.formatStatement',
  params: { statement: 'String' },
  row: { text: 'String' },
  text: 'select formatQuerySingleLine({statement:String}) as text',
});

/** The syntax tree. In brackets, so that nothing after the statement could belong to the explanation. */
export const compileTree = (statement: string): Tree => ({
  name: 'decide.explainStatement',
  params: {},
  row: { explain: 'String' },
  text: `explain ast select * from (${statement})`,
});

export interface BoundStatement {
  readonly statement: string;
  /** The queries of the views it mentions, by name. */
  readonly views: ReadonlyMap<string, string>;
  /** Tables of ours whose rows carry a workspace. */
  readonly boundTables: readonly string[];
  readonly workspace: number;
}

export interface AnswerLimit {
  readonly rows: number;
  /** Of all rows together, as JSON. */
  readonly bytes: number;
}

/** Its columns, found by analysing it. */
export const compileColumns = (bound: BoundStatement): Columns => ({
  name: 'decide.describeStatement',
  params: viewParams,
  row: { name: 'String', type: 'String' },
  text: `describe table (${overViews(bound, 'select *')} ${guards(bound)})`,
});

/**
 * Its rows, each a JSON list, up to both limits; `more` says that the size left some out. By a running sum: embedded, the
 * engine ignores `max_result_bytes`.
 */
export const compileRows = (bound: BoundStatement, limit: AnswerLimit): Rows => ({
  name: 'decide.runStatement',
  params: viewParams,
  row: { cells: 'String', more: 'UInt8' },
  text: `
    select cells, total > ${limit.bytes} as more from (
      select cells, sum(length(cells)) over () as total, sum(length(cells)) over (rows between unbounded preceding and current row) as bytes
      from (${overViews(bound, 'select toJSONString(tuple(*)) as cells')} limit ${limit.rows})
    ) where bytes - length(cells) < ${limit.bytes}
    ${guards(bound)}`,
});

function overViews({ statement, views }: BoundStatement, select: string): string {
  const named = [...views].map(([name, text]) => `\`${publishedName(name)}\` as (${text})`);
  return `${named.length === 0 ? '' : `with ${named.join(',\n')}\n`}${select} from (${statement})`;
}

/**
 * A second lock behind the checks of names: the engine itself adds the workspace to every read of every table of ours,
 * wherever it stands, and the query may neither write nor define anything.
 */
function guards({ boundTables, workspace }: BoundStatement): string {
  const filters = boundTables.map((table) => `'${table}': 'workspace_id = ${workspace}'`);
  return `settings readonly = 1, allow_ddl = 0, additional_table_filters = {${filters.join(', ')}}`;
}
