import { test } from 'vitest';
import { prepareImport } from './run/prepareImport.ts';
import { openRows } from './read/openRows.ts';
import { makeUnits } from './units/makeUnits.ts';
const pg: any = { row: async () => ({ base_currency: 'EUR', country: 'FR', time_zone: 'Europe/Paris' }) };
test('speed', async () => {
  for (const [f, kind] of [['/tmp/imports/orders1m.csv','orders'],['/work/shared/data/commerce/online-retail/orders-2010-12_2011-04.csv.gz','order-lines'],['/tmp/imports/orders1m.csv','people'],['/tmp/imports/200k.xlsx','orders']] as const) {
    let t = performance.now();
    const p = await prepareImport({pg}, 1, f, {kind, mapping:{}, options:{}});
    console.log(p.settings, performance.now() - t);
    const r = await openRows(f, p.settings, kind);
    t = performance.now();
    let n = 0, rej=0, ev=0, lag=0, last=performance.now(); let ex:any; const reasons:any={};
    const timer=setInterval(()=>{const x=performance.now(); lag=Math.max(lag,x-last-1); last=x},1);
    for await (const b of makeUnits(r, {workspaceId:1,kind,settings:p.settings,now:Date.now(),fileBytes:90e6,folder:'/tmp/imports/scratch'})) { for (const u of b.units) { n += u.rows.length+u.rejects.length; ev+=u.events.length; rej+=u.rejects.length; for(const x of u.rejects) reasons[x.reason+x.detail.slice(0,30)]=(reasons[x.reason+x.detail.slice(0,30)]??0)+1; ex??=u.events[0]; } }
    clearInterval(timer);
    console.log(n, ev, rej, Object.entries(reasons).slice(0,10), (n / (performance.now() - t)) * 1000, 'lag', lag, process.memoryUsage().rss/1e6);
    console.log(JSON.stringify(ex).slice(0,900));
  }
}, 100000);
