/** Where statements go when data lies on several machines. */
export interface ChCluster {
  /** As `remote_servers` of the servers' configuration names it. */
  readonly name: string;
  readonly database: string;
}

/**
 * Our statements are written for one machine. On a cluster a table becomes two: `events_local`, replicated within its
 * shard, holds the rows; `events` spreads over the shards and is what queries and inserts name.
 *
 * A table without `workspace_id` is small and the same for everyone: every machine holds all of it.
 * Throws for a statement that no rule knows, so that a migration cannot be wrong on clusters only.
 */
export function clusterSql(written: string, cluster: ChCluster): string[] {
  const statement = written.trim();
  const onCluster = `on cluster ${quote(cluster.name)}`;
  const table = createTable.exec(statement);
  if (table !== null) return createTables(table, cluster);

  const [, deleteFrom, deleteWhere] = /^delete\s+from\s+(\w+)([\s\S]*)$/i.exec(statement) ?? [];
  if (deleteFrom !== undefined) return [`delete from ${deleteFrom}_local ${onCluster}${deleteWhere}`];

  const [, altered, change = ''] = /^alter\s+table\s+(\w+)\s+([\s\S]*)$/i.exec(statement) ?? [];
  if (altered !== undefined) {
    const local = `alter table ${altered}_local ${onCluster} ${change}`;
    const hasColumns = /^(add|drop|modify|rename|comment)\s+column\b/i.test(change);
    return hasColumns ? [local, `alter table ${altered} ${onCluster} ${change}`] : [local];
  }

  const [, optimized, how = ''] = /^optimize\s+table\s+(\w+)([\s\S]*)$/i.exec(statement) ?? [];
  if (optimized !== undefined) return [`optimize table ${optimized}_local ${onCluster}${how}`];

  const dictionary = /^(create\s+dictionary\s+if\s+not\s+exists\s+\w+)([\s\S]*)$/i.exec(statement);
  if (dictionary !== null) return [`${dictionary[1]} ${onCluster}${dictionary[2]}`];

  const reloaded = /^system\s+reload\s+dictionary\s+(\w+)$/i.exec(statement)?.[1];
  if (reloaded !== undefined) return [`system reload dictionary ${onCluster} ${quote(cluster.database)}.${reloaded}`];

  // Only tables without workspace_id are dropped, which every machine holds whole under their own name.
  const dropped = /^drop\s+table\s+if\s+exists\s+(\w+)\s+sync$/i.exec(statement)?.[1];
  if (dropped !== undefined) return [`drop table if exists ${dropped} ${onCluster} sync`];

  if (/^insert\s+into\s/i.test(statement)) return [statement];
  throw new Error(`no rule says how a cluster runs: ${statement.slice(0, 60)}`);
}

const createTable =
  /^create\s+table\s+if\s+not\s+exists\s+(?<name>\w+)\s*(?<columns>\([\s\S]*\))\s*engine\s*=\s*(?<engine>\w*MergeTree)(?:\((?<args>[^)]*)\))?\s*(?<rest>[\s\S]*)$/i;

function createTables(match: RegExpExecArray, { name: cluster, database }: ChCluster): string[] {
  const { name = '', columns: written = '', engine = '', args = '', rest = '' } = match.groups ?? {};
  const columns = written.replace(/[ \t]*--[^\n]*\n/g, '\n').replace(/\n{2,}/g, '\n');
  const onCluster = `on cluster ${quote(cluster)}`;
  const everywhere = !/\bworkspace_id\b/.test(columns);
  const stored = everywhere ? name : `${name}_local`;
  const replica = everywhere
    ? [`'/clickhouse/tables/all/${database}/${stored}'`, `'{shard}-{replica}'`]
    : [`'/clickhouse/tables/{shard}/${database}/${stored}'`, `'{replica}'`];
  const engineArgs = [...replica, ...(args.trim() === '' ? [] : [args.trim()])].join(', ');
  const local = `create table if not exists ${stored} ${onCluster} ${columns} engine = Replicated${engine}(${engineArgs})\n${rest}`;
  if (everywhere) return [local];
  const spread = `Distributed(${quoteText(cluster)}, ${quoteText(database)}, ${quoteText(stored)}, ${shardingKey(columns, engine, rest)})`;
  return [local, `create table if not exists ${name} ${onCluster} as ${stored} engine = ${spread}`];
}

/**
 * A customer's events share a shard. Versions of one row must meet to be replaced, so other engines go by the order key.
 * Never `rand()`: a repeated insert must split into the same blocks, or its token would drop other rows.
 */
function shardingKey(columns: string, engine: string, rest: string): string {
  if (engine === 'MergeTree' && /\bprofile_id\b/.test(columns)) return 'cityHash64(workspace_id, profile_id)';
  const key = /order\s+by\s+\(([^)]*)\)/i.exec(rest)?.[1];
  if (key === undefined) throw new Error('a table of a cluster needs `order by (…)`');
  return `cityHash64(${key.trim()})`;
}

const quote = (name: string): string => `\`${name.replace(/[\\`]/g, '\\$&')}\``;
const quoteText = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
