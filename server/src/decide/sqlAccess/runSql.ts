import { type SqlAnswer, sqlLimits } from '@vitrail/contracts';
import { decodeProfileId, encodeProfileId } from '../../collect/index.ts';
import { actorOf, isMasked, type principalOf, recordAudit } from '../../govern/index.ts';
import { type Deps, Fault } from '../../platform/index.ts';
import { readSettings } from '../analytics/sql/stats.pg.ts';
import { cellSettings, toCell } from './cells.ts';
import { checkTree } from './checkTree.ts';
import { type BoundStatement, compileColumns, compileFormat, compileRows, compileTree } from './compileSql.ts';
import { copyProducts } from './copyProducts.ts';
import { refuse } from './errors.ts';
import { explainFailure } from './explainFailure.ts';
import { type Rewritten, rewriteStatement, withoutPrefix } from './rewriteStatement.ts';
import { listEngineDatabases, listEngineTables } from './sql/engineNames.ch.ts';
import { publishedViewTexts } from './sql/publishedViews.ch.ts';

type SqlDeps = Pick<Deps, 'pg' | 'ch' | 'clock'>;
type Principal = ReturnType<typeof principalOf>;

/** Databases every ClickHouse has, whatever this one lists. */
const knownDatabases = ['system', 'information_schema', 'default'];

/**
 * Answers one SELECT over the published views of the reader's workspace. Three checks stand before it, each enough by
 * itself for most attacks: ClickHouse's formatter leaves one plain statement whose words are allowed and whose names can
 * only mean published views; its parser's tree holds known nodes and functions only; and the engine adds the workspace to
 * every read. See docs/adr on SQL for analysts.
 */
export async function runSql(
  deps: SqlDeps,
  principal: Principal,
  query: string,
  { signal, seconds = sqlLimits.seconds }: { signal: AbortSignal; seconds?: number },
): Promise<SqlAnswer> {
  const started = performance.now();
  const workspace = principal.workspaceId;
  const settings = await deps.pg.row(readSettings, { workspace });
  if (settings === null) throw new Fault('not_found', 'decide.workspace_gone', 'This workspace does not exist.');
  const { rewritten, boundTables } = await checkSql(deps, query, signal).catch(async (error: unknown) => {
    if (error instanceof Fault) await audit(deps, principal, 'sql.refused', '', { reason: error.code });
    throw error;
  });
  const texts = publishedViewTexts(isMasked(principal));
  const bound: BoundStatement = {
    statement: rewritten.text,
    views: new Map([...texts].filter(([name]) => rewritten.views.has(name))),
    boundTables,
    workspace,
  };
  const params = { workspace, zone: settings.time_zone };
  const at = deps.clock.now().toISOString();
  try {
    if (rewritten.views.has('products')) await copyProducts(deps, workspace, signal);
    const options = { lane: 'heavy', signal, settings: { ...cellSettings, ...limitSettings(seconds) } } as const;
    const columns = await deps.ch.rows(compileColumns(bound), params, options);
    refuseDuplicates(columns.map(({ name }) => name));
    const limit = { rows: sqlLimits.rows + 1, bytes: sqlLimits.answerMb * 1_000_000 };
    const rows = await deps.ch.rows(compileRows(bound, limit), params, options);
    const answer: SqlAnswer = {
      columns: columns.map(({ name, type }) => ({ name: withoutPrefix(name), type: withoutPrefix(type) })),
      rows: rows.slice(0, sqlLimits.rows).map(({ cells }) => readCells(cells, columns)),
      truncated: rows.length > sqlLimits.rows || rows[0]?.more === 1,
      ms: Math.round(performance.now() - started),
      at,
    };
    await audit(deps, principal, 'sql.run', rewritten.skeleton, { rows: answer.rows.length, ms: answer.ms });
    return answer;
  } catch (error) {
    const explained = signal.aborted ? error : explainFailure(error, query);
    const reason = signal.aborted ? 'left' : explained instanceof Fault ? explained.code : 'unforeseen';
    await audit(deps, principal, 'sql.failed', rewritten.skeleton, { reason });
    throw explained;
  }
}

/** The statement over the views, when it is allowed. Nothing of it is run. */
async function checkSql(
  deps: Pick<Deps, 'ch'>,
  query: string,
  signal: AbortSignal,
): Promise<{ rewritten: Rewritten; boundTables: readonly string[] }> {
  try {
    const [tables, databases, [formatted]] = await Promise.all([
      deps.ch.rows(listEngineTables, {}, { signal }),
      deps.ch.rows(listEngineDatabases, {}, { signal }),
      deps.ch.rows(compileFormat(), { statement: query }, { signal }),
    ]);
    const engine = {
      tables: new Set(tables.map(({ name }) => name)),
      databases: new Set([...knownDatabases, ...databases.map(({ name }) => name.toLowerCase())]),
    };
    const views = new Set(publishedViewTexts(true).keys());
    const rewritten = rewriteStatement(formatted?.text ?? '', views, engine, decodeProfileId);
    const tree = await deps.ch.rows(compileTree(rewritten.text), {}, { signal });
    checkTree(
      tree.flatMap(({ explain }) => explain.split('\n')),
      engine.tables,
    );
    return { rewritten, boundTables: tables.filter(({ bound }) => bound === 1).map(({ name }) => name) };
  } catch (error) {
    throw signal.aborted ? error : explainFailure(error, query);
  }
}

const limitSettings = (seconds: number) => ({
  max_execution_time: seconds,
  max_memory_usage: sqlLimits.memoryMb * 1_000_000,
  max_rows_to_read: sqlLimits.rowsRead,
});

function refuseDuplicates(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw refuse('wrong', `Two columns are called ${withoutPrefix(twice)}. Name one of them with AS.`);
}

function readCells(text: string, columns: readonly { name: string; type: string }[]): unknown[] {
  const cells: unknown = JSON.parse(text);
  if (!Array.isArray(cells)) throw new Error('a row of a statement is no list');
  return columns.map(({ name, type }, index) =>
    toCell(cells[index], type, /(^|\.)person_id$/.test(name) ? encodeProfileId : null),
  );
}

async function audit(
  deps: Pick<Deps, 'pg' | 'clock'>,
  principal: Principal,
  action: string,
  skeleton: string,
  details: { readonly [name: string]: string | number },
): Promise<void> {
  const query = skeleton.slice(0, 2_000);
  const actor = actorOf(principal);
  await recordAudit(deps.pg, deps, {
    workspaceId: principal.workspaceId,
    actor,
    action,
    target: 'sql',
    details: { query, ...details },
  });
}
