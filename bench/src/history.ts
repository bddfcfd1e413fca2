import { chQuery, createLog, openChdb, openDataDir, systemClock } from 'vitrail/dist/platform/index.js';

/** Rows of one insert: bounds its memory. */
const rowsPerInsert = 1_000_000;

/**
 * Twelve months of web events, spread unevenly over the profiles (the square of an even number: a tenth of the people make
 * a third of the events), with the texts of a real call.
 */
const insertHistory = chQuery({
  name: 'bench.insertHistory',
  params: { from: 'UInt64', rows: 'UInt64', profiles: 'UInt64', last: 'UInt64' },
  row: {},
  text: `
    insert into events (workspace_id, profile_id, timestamp, message_id, type, event, source_id, received_at, anonymous_id,
      url, path, referrer, device_type, os, browser, country, language, product_id, properties, traits, context, extra)
    select 1,
      toUInt64({last:UInt64} - floor(pow(cityHash64(number) / 18446744073709551615, 2) * {profiles:UInt64})) as profile,
      toDateTime64('2026-11-01 00:00:00', 3, 'UTC') - toIntervalMillisecond(cityHash64(number, 1) % 31536000000) as at,
      concat('history-', toString(number)),
      if(number % 2 = 0, 'page', 'track'),
      ['Product', 'Product Viewed', 'Product List Viewed', 'Product Added', 'Cart Viewed'][1 + number % 5],
      1, at, concat('a7f3c0de-', toString(profile)),
      concat('https://shop.example/p/', toString(number % 5000)), concat('/p/', toString(number % 5000)),
      'https://www.google.com/', ['desktop', 'mobile', 'tablet'][1 + number % 3], ['Windows', 'iOS', 'Android'][1 + number % 3],
      ['Chrome', 'Safari', 'Firefox'][1 + number % 3], 'FR', 'fr-FR', concat('P-', toString(number % 5000)),
      concat('{"product_id":"P-', toString(number % 5000), '","price":79.9,"currency":"EUR","category":"Femme/Pulls"}'),
      '{}',
      concat('{"page":{"path":"/p/', toString(number % 5000), '","title":"Pull en laine"},"locale":"fr-FR","timezone":"Europe/Paris","library":{"name":"analytics.js","version":"npm:next-1.84.3"}}'),
      '{}'
    from numbers({from:UInt64}, {rows:UInt64})`,
});

const settleEvents = chQuery({ name: 'bench.settleEvents', params: {}, row: {}, text: 'optimize table events' });

/**
 * Gives the profiles of a stopped data directory a history. Written by ClickHouse itself: sent through the door, twenty
 * million events would take the bench half an hour, and what is measured afterwards is reading.
 */
export async function writeHistory(dataDir: string, events: number, profiles: number, last: number): Promise<void> {
  const folder = await openDataDir({ path: dataDir, address: 'http://127.0.0.1:1', clock: systemClock });
  try {
    const ch = await openChdb({ dataDir: folder.analyticsDir, log: createLog('warn') });
    try {
      for (let from = 0; from < events; from += rowsPerInsert)
        await ch.run(insertHistory, { from, rows: Math.min(rowsPerInsert, events - from), profiles, last });
      await ch.run(settleEvents, {});
    } finally {
      await ch.close();
    }
  } finally {
    folder.release();
  }
}
