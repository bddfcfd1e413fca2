import { writeFileSync, appendFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { it } from 'vitest';
import { useStores } from '../../../test/stores.ts';
import { createCollectExports } from '../export/index.ts';
import { pgQuery } from '../../platform/index.ts';
const deps = useStores();
const q = pgQuery({ name: 'tmp.o', params: { n: 'int4' }, row: {}, text: `with made as (insert into unify."order" (workspace_id, order_id, source_id, status, ordered_at, content_at, currency, total, version) select 1, 'O'||i, 1, 'completed', now(), now(), 'EUR', i, 1 from generate_series(1, :n) i returning order_id) insert into unify.order_line (workspace_id, order_id, line, product_id, name, brand, category, quantity, price) select 1, order_id, line, 'P'||line, 'Lampe', 'Brand', 'Maison', line, 9.99 from made, generate_series(1,3) line` });
it('bench', { timeout: 600000 }, async () => {
  const ctx = JSON.stringify({ page: { url: 'https://shop.example/p/1', referrer: 'x', title: 'Lampe' }, userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36', locale: 'fr-FR', ip: '1.2.3.4' });
  for (let b = 0; b < 20; b++) {
    const rows = [];
    for (let i = 0; i < 15000; i++) rows.push(JSON.stringify({ workspace_id: 1, profile_id: (b * 15000 + i) % 5000, timestamp: 1.79e12 + i, message_id: `m${b}-${i}`, type: 'track', event: 'Product Viewed', source_id: 1, received_at: 1.79e12, properties: '{"product_id":"P1","price":12.5,"list":"home"}', traits: '{}', context: ctx, extra: '{}' }));
    await deps.ch.insert('events', Buffer.from(rows.join('\n')), { token: `b${b}` });
  }
  await deps.pg.run(q, { n: 60000 });
  writeFileSync('/tmp/catalog/exp.txt', '');
  for (const [name, format] of [['events', 'parquet'], ['events', 'ndjson'], ['orders', 'parquet'], ['order-lines', 'parquet'], ['order-lines', 'ndjson']] as const) {
    const table = createCollectExports(deps).find((t) => t.name === name);
    const h = monitorEventLoopDelay({ resolution: 1 }); h.enable();
    const t = performance.now(); let bytes = 0;
    for await (const p of table!.open({ workspaceId: 1, format, range: { from: null, to: null, byReceived: false }, signal: new AbortController().signal })) bytes += p.length;
    h.disable();
    const s = (performance.now() - t) / 1000; const n = name === 'events' ? 300000 : name === 'orders' ? 60000 : 180000;
    appendFileSync('/tmp/catalog/exp.txt', `${name} ${format} ${Math.round(n / s)} rows/s ${(bytes / 1e6).toFixed(1)} MB loop p99 ${(h.percentile(99) / 1e6).toFixed(0)} max ${(h.max / 1e6).toFixed(0)} ms rss ${(process.memoryUsage().rss / 1e6).toFixed(0)}\n`);
  }
});
