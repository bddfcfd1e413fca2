/** What puts inserts and merged parts on the disk. */
const synced = `
    <fsync_after_insert>1</fsync_after_insert>
    <fsync_part_directory>1</fsync_part_directory>
    <min_rows_to_fsync_after_merge>1</min_rows_to_fsync_after_merge>
    <min_compressed_bytes_to_fsync_after_merge>1</min_compressed_bytes_to_fsync_after_merge>`;

/**
 * The embedded engine's own configuration: small caches and pools for one machine, and every insert on the disk before
 * it is answered (checked with strace: files and folder are synced). Merged parts are synced as well: chDB deletes the
 * parts they replace at once (`old_parts_lifetime` is 0), where a server keeps them for eight minutes instead. More parts
 * are merged at once than usual (8 for 5): a row is rewritten less often, 4 µs less for each event (ADR 0017). Each opening
 * of an engine in one process leaves about four threads: where the pool is full, a query waits for ever (two hundred were
 * full after some fifty openings, as tests make them). A server opens it once and uses a few dozen.
 */
export const chdbConfig = (durable: boolean): string => `<clickhouse>
  <mark_cache_size>67108864</mark_cache_size>
  <index_mark_cache_size>33554432</index_mark_cache_size>
  <primary_index_cache_size>33554432</primary_index_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <background_pool_size>2</background_pool_size>
  <background_schedule_pool_size>2</background_schedule_pool_size>
  <max_thread_pool_size>2000</max_thread_pool_size>
  <merge_tree>${durable ? synced : ''}
    <merge_selector_base>8</merge_selector_base>
  </merge_tree>
</clickhouse>
`;
