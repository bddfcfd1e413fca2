import { parseArgs } from 'node:util';
import { generateRetailer } from './generateRetailer.ts';

const help = `Writes the files of a fictional retailer.

  npm run generate -w demo -- --out DIR [--customers 2000] [--months 24] [--seed 20] [--today 2026-11-21]
`;

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    customers: { type: 'string', default: '2000' },
    months: { type: 'string', default: '24' },
    seed: { type: 'string', default: '20' },
    today: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help || values.out === undefined) {
  process.stdout.write(help);
  process.exitCode = values.help ? 0 : 2;
} else {
  const started = performance.now();
  const manifest = await generateRetailer({
    seed: Number(values.seed),
    customers: Number(values.customers),
    months: Number(values.months),
    today: values.today === undefined ? new Date() : new Date(values.today),
    outDir: values.out,
    onProgress: (what, share) => {
      if (process.stderr.isTTY)
        process.stderr.write(`\r${what.padEnd(12)} ${String(Math.round(share * 100)).padStart(3)} % `);
    },
  });
  if (process.stderr.isTTY) process.stderr.write('\n');
  for (const { name, rows } of manifest.files)
    process.stdout.write(`${name.padEnd(28)} ${String(rows).padStart(12)} rows\n`);
  process.stdout.write(`${JSON.stringify(manifest.totals, null, 2)}\n`);
  process.stdout.write(`${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}
