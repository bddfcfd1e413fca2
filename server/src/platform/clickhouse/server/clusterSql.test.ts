import { describe, expect, it } from 'vitest';
import { migrationsFolder, readMigrationFiles } from '../../migrationFiles.ts';
import { splitSql } from '../splitSql.ts';
import { clusterSql } from './clusterSql.ts';

const cluster = { name: 'vitrail', database: 'shop' };
const onCluster = (statement: string): string => clusterSql(statement, cluster).join(';\n\n');

describe('statements on a cluster', () => {
  it('make a replicated table a shard and one that spreads over the shards, a customer in one place', () => {
    const events = `create table if not exists events (
  workspace_id UInt32,
  -- Whose; comments (with brackets) are no columns.
  profile_id UInt64,
  timestamp DateTime64(3, 'UTC') codec(Delta, ZSTD(1)),
  index events_time timestamp type minmax granularity 4
) engine = MergeTree
order by (workspace_id, profile_id, timestamp)
settings replicated_deduplication_window = 10000`;
    expect(onCluster(events)).toMatchInlineSnapshot(`
      "create table if not exists events_local on cluster \`vitrail\` (
        workspace_id UInt32,
        profile_id UInt64,
        timestamp DateTime64(3, 'UTC') codec(Delta, ZSTD(1)),
        index events_time timestamp type minmax granularity 4
      ) engine = ReplicatedMergeTree('/clickhouse/tables/{shard}/shop/events_local', '{replica}')
      order by (workspace_id, profile_id, timestamp)
      settings replicated_deduplication_window = 10000;

      create table if not exists events on cluster \`vitrail\` as events_local engine = Distributed('vitrail', 'shop', 'events_local', cityHash64(workspace_id, profile_id))"
    `);
  });

  it('keep the versions of a row on one shard', () => {
    const orders = `create table if not exists orders (workspace_id UInt32, order_id String, profile_id UInt64, version UInt64)
engine = ReplacingMergeTree(version)
order by (workspace_id, order_id)`;
    expect(onCluster(orders)).toMatchInlineSnapshot(`
      "create table if not exists orders_local on cluster \`vitrail\` (workspace_id UInt32, order_id String, profile_id UInt64, version UInt64) engine = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/shop/orders_local', '{replica}', version)
      order by (workspace_id, order_id);

      create table if not exists orders on cluster \`vitrail\` as orders_local engine = Distributed('vitrail', 'shop', 'orders_local', cityHash64(workspace_id, order_id))"
    `);
  });

  it('keep a table that belongs to no workspace whole on every machine', () => {
    const history = `create table if not exists schema_migration (number UInt32) engine = ReplacingMergeTree order by number`;
    expect(onCluster(history)).toMatchInlineSnapshot(`
      "create table if not exists schema_migration on cluster \`vitrail\` (number UInt32) engine = ReplicatedReplacingMergeTree('/clickhouse/tables/all/shop/schema_migration', '{shard}-{replica}')
      order by number"
    `);
  });

  it('change the rows where they lie, and the columns in both tables', () => {
    const statements = [
      '\n  delete from events where workspace_id = {workspace:UInt32}\n',
      'alter table events add column if not exists city String after country',
      'alter table events add index if not exists by_city city type set(100) granularity 4',
      'optimize table orders final',
    ];
    expect(statements.map(onCluster).join('\n\n')).toMatchInlineSnapshot(`
      "delete from events_local on cluster \`vitrail\` where workspace_id = {workspace:UInt32}

      alter table events_local on cluster \`vitrail\` add column if not exists city String after country;

      alter table events on cluster \`vitrail\` add column if not exists city String after country

      alter table events_local on cluster \`vitrail\` add index if not exists by_city city type set(100) granularity 4

      optimize table orders_local on cluster \`vitrail\` final"
    `);
  });

  it('make and reload dictionaries on every machine', () => {
    const create = `create dictionary if not exists roots (id UInt64) primary key id source(null()) lifetime(0) layout(flat())`;
    expect([create, 'system reload dictionary roots'].map(onCluster).join('\n\n')).toMatchInlineSnapshot(`
      "create dictionary if not exists roots on cluster \`vitrail\` (id UInt64) primary key id source(null()) lifetime(0) layout(flat())

      system reload dictionary on cluster \`vitrail\` \`shop\`.roots"
    `);
  });

  it('are refused when no rule knows them', () => {
    expect(() => onCluster('create view v as select 1')).toThrow('no rule says how a cluster runs: create view v');
    expect(() =>
      onCluster('create table if not exists t (workspace_id UInt32) engine = MergeTree order by tuple()'),
    ).toThrow(/order by/);
  });

  it('exist for every shipped migration, and never scatter rows at random', () => {
    for (const { sql } of readMigrationFiles(migrationsFolder('clickhouse'))) {
      for (const statement of splitSql(sql)) {
        const written = onCluster(statement);
        expect(written).toMatch(/ on cluster `vitrail`/);
        expect(written).not.toMatch(/rand\(/);
      }
    }
  });
});
