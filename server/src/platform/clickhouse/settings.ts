import type { ChLane } from './types.ts';

export type ChSettings = Readonly<Record<string, string | number>>;

/** How every query reads and writes values, so that `query.ts` can promise JavaScript types. */
export const valueSettings: ChSettings = {
  session_timezone: 'UTC',
  date_time_output_format: 'iso',
  date_time_input_format: 'best_effort',
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_decimals: 0,
  // Long lists of ids are part of the text.
  max_query_size: 100_000_000,
  // A field the table does not have is a mistake of ours: refuse it rather than lose it.
  input_format_skip_unknown_fields: 0,
};

/** Row groups of this size bound the memory of an export; Snappy is read by every Parquet library. */
const parquetSettings: ChSettings = {
  output_format_parquet_row_group_size: 100_000,
  output_format_parquet_row_group_size_bytes: 32_000_000,
  output_format_parquet_compression_method: 'snappy',
};

/** Costs half of the analysis of a hundred segments' conditions, to find what they do not have: chains of comparisons. */
const analysisSettings: ChSettings = { optimize_and_compare_chain: 0 };

const heavySettings: ChSettings = {
  ...analysisSettings,
  max_threads: 1,
  max_memory_usage: 1_000_000_000,
  max_execution_time: 3600,
  max_bytes_before_external_group_by: 400_000_000,
  max_bytes_before_external_sort: 400_000_000,
  output_format_parallel_formatting: 0,
  output_format_parquet_parallel_encoding: 0,
  ...parquetSettings,
};

export const laneSettings: Readonly<Record<ChLane, ChSettings>> = {
  // A statement returns when its effect is there, on every replica.
  write: { mutations_sync: 2, lightweight_deletes_sync: 2, alter_sync: 2, max_execution_time: 3600 },
  interactive: { ...analysisSettings, max_memory_usage: 1_000_000_000, max_execution_time: 30 },
  heavy: heavySettings,
};

/**
 * One insert is one block with one token, so that a repeat is recognised whole. A block would be split beyond a million
 * rows; parsing on one thread keeps the split, and with it the tokens of its pieces, the same each time.
 */
export const insertSettings = (token: string): Record<string, string | number> => ({
  insert_deduplicate: 1,
  insert_deduplication_token: token,
  async_insert: 0,
  input_format_parallel_parsing: 0,
  max_insert_threads: 1,
});
