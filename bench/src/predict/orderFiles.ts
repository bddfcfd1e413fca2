import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const header = 'customer,date,value';

function read(folder: string, name: string): string {
  const path = join(folder, 'commerce', name);
  if (!existsSync(path)) throw new Error(`${folder} has no commerce/${name}`);
  const bytes = readFileSync(path);
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
}

/** CDNOW as CSV: the sample of 2,357 customers, or all 23,570. Returns the path. */
export function writeCdnow(folder: string, out: string, which: 'sample' | 'master'): string {
  const fields = read(folder, `cdnow/CDNOW_${which}.txt`)
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((each) => /^\d{8}$/.test(each.at(-3) ?? ''));
  const path = join(out, `cdnow_${which}.csv`);
  const rows = fields.map((each) => [each.at(-4), each.at(-3), each.at(-1)].join(','));
  writeFileSync(path, `${[header, ...rows].join('\n')}\n`);
  return path;
}

/** Online Retail as CSV: sales of products to known customers, cancellations and other codes left out. Returns the path. */
export function writeOnlineRetail(folder: string, out: string): string {
  const rows: string[] = [];
  for (const name of ['orders-2010-12_2011-04.csv.gz', 'orders-2011-05_2011-09.csv.gz']) {
    for (const line of read(folder, `online-retail/${name}`).split('\n').slice(1)) {
      const [invoice = '', code = '', quantity = '', at = '', price = '', customer = ''] = line.split(',');
      const worth = Number(quantity) * Number(price);
      if (customer === '' || invoice.startsWith('C') || !/^\d{5}/.test(code) || !(worth > 0) || Number(price) <= 0)
        continue;
      rows.push(`${customer},${at},${worth.toFixed(2)}`);
    }
  }
  const path = join(out, 'online_retail.csv');
  writeFileSync(path, `${[header, ...rows].join('\n')}\n`);
  return path;
}
