import { test } from 'vitest';
import { detectSettings, openRows } from './read/openRows.ts';
test('speed', async () => {
  for (const f of ['/tmp/imports/orders1m.csv','/tmp/imports/200k.xlsx','/work/shared/data/commerce/online-retail/orders-2010-12_2011-04.csv.gz']) {
    let t = performance.now();
    const s = await detectSettings(f, {});
    console.log(s, performance.now() - t);
    const r = await openRows(f, s, 'orders');
    t = performance.now();
    let n = 0, bad=0, lag=0, last=performance.now();
    const timer=setInterval(()=>{const x=performance.now(); lag=Math.max(lag,x-last-1); last=x},1);
    for await (const b of r.batches()) { n += b.rows.length; for(const x of b.rows) if('problem' in x) bad++; }
    clearInterval(timer);
    console.log(r.columns, n, bad, (n / (performance.now() - t)) * 1000, 'lag', lag, process.memoryUsage().rss/1e6);
  }
}, 100000);
