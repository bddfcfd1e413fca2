import type { ChLane } from './types.ts';

export type ChSettings = Readonly<Record<string, string | number>>;

/** How every query reads and writes values, so that `query.ts` can promise JavaScript types. */
export const valueSettings: ChSettings = {
  session_timezone: 'UTC',
  date_time_output_format: 'iso',
  date_time_input_format: 'best_effort',
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_decimals: 0,
  output_format_json_quote_denormals: 0,
  // A field the table does not have is a mistake of ours: refuse it rather than lose it.
  input_format_skip_unknown_fields: 0,
};

/** A statement returns when its effect is there, on every replica. */
const statementSettings: ChSettings = { mutations_sync: 2, lightweight_deletes_sync: 2, alter_sync: 2 };

export const laneSettings: Readonly<Record<ChLane, ChSettings>> = {
  write: statementSettings,
  interactive: { max_memory_usage: 1_000_000_000, max_execution_time: 30 },
  heavy: {
    max_threads: 1,
    max_memory_usage: 1_000_000_000,
    max_execution_time: 3600,
    max_bytes_before_external_group_by: 400_000_000,
    max_bytes_before_external_sort: 400_000_000,
  },
};

/**
 * One insert is one block with one token, split the same way each time, so that a repeat is recognised whole.
 * Parsing on one thread costs nothing at a few thousand rows and keeps the order of rows.
 */
export const insertSettings = (token: string): ChSettings => ({
  insert_deduplicate: 1,
  insert_deduplication_token: token,
  async_insert: 0,
  input_format_parallel_parsing: 0,
  max_insert_threads: 1,
});

/** The embedded engine's own configuration: small caches and pools, every insert on the disk before it is answered. */
export const chdbConfig = `<clickhouse>
  <mark_cache_size>67108864</mark_cache_size>
  <index_mark_cache_size>33554432</index_mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <background_pool_size>2</background_pool_size>
  <background_schedule_pool_size>2</background_schedule_pool_size>
  <merge_tree>
    <fsync_after_insert>1</fsync_after_insert>
    <fsync_part_directory>1</fsync_part_directory>
  </merge_tree>
</clickhouse>
`;
