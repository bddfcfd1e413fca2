/**
 * For tables of which a few rows anywhere are read while somebody waits: small granules in small blocks. With the usual
 * sizes the hundred candidates of one record are in as many granules as there are (measured at a million records: the
 * whole table is unpacked).
 */
export const smallReads =
  'settings index_granularity = 256, min_compress_block_size = 8192, max_compress_block_size = 32768';
