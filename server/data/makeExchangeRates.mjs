// Writes exchangeRates.csv from the European Central Bank's full history (eurofxref-hist.csv, as downloaded from
// https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip). Run once per release:
//   node server/data/makeExchangeRates.mjs path/to/eurofxref-hist.csv
// Kept: the first quote of every month, from 2019 the first of every week, and the last one. First, not last: a rate is
// looked up on or before a day, so the newest quote kept is then never further away than the month or week is long.
import { readFileSync, writeFileSync } from 'node:fs';

const weeklyFrom = '2019-01-01';
const [header, ...rows] = readFileSync(process.argv[2], 'utf8').trim().split(/\r?\n/);
const days = rows.sort();
const week = (day) => Math.floor((Date.parse(day) / 86_400_000 + 3) / 7);
const bucket = (day) => (day >= weeklyFrom ? `week ${week(day)}` : day.slice(0, 7));

const kept = days.filter((row, index) => {
  const before = days[index - 1];
  return !before || bucket(row.slice(0, 10)) !== bucket(before.slice(0, 10)) || index === days.length - 1;
});
const trim = (line) => line.replace(/N\/A/g, '').replace(/,\s*$/, '');
const lastDay = days.at(-1).slice(0, 10);

const text = [
  '# Units of each currency for one euro. Source: European Central Bank, euro foreign exchange reference rates,',
  '# https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip (free to reuse, source to be named).',
  `# Quotes until ${lastDay}: the first of every month, from ${weeklyFrom.slice(0, 4)} of every week, and the last day.`,
  '# Written by makeExchangeRates.mjs; do not edit.',
  trim(header),
  ...kept.map(trim),
];
writeFileSync(new URL('exchangeRates.csv', import.meta.url), `${text.join('\n')}\n`);
