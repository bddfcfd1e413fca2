import type { MatchReport } from '@vitrail/contracts';

const number = new Intl.NumberFormat('en');
const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
const row = (name: string, value: string): string => `${name.padEnd(28)}${value}`;

/** The report of `vitrail match` for people. Holds no personal data. */
export function describeMatch(report: MatchReport): string[] {
  const { bands, accuracy } = report;
  const lines = [
    row('Records', number.format(report.records)),
    row('Pairs compared', number.format(report.pairs)),
    row('One and the same', `${number.format(bands.auto)} pairs`),
    row('To be asked', `${number.format(bands.review)} pairs`),
    row('Groups', `${number.format(report.clusters)} of two records and more (${sizes(report.sizes)})`),
    row('Time and memory', `${report.seconds.toFixed(1)} s, ${number.format(report.peakRssMb)} MB`),
    '',
    'Fields',
    ...Object.entries(report.fields).map(([field, columns]) => row(`  ${field}`, columns.join(', '))),
    row('  not used', report.ignored.join(', ') || 'none'),
    '',
    'Completeness',
    ...report.diagnosis.completeness.map(({ field, filled, distinct }) =>
      row(`  ${field}`, `${percent(filled)} filled, ${number.format(distinct)} values`),
    ),
    '',
    'Blocking rules              own pairs, of all; capped values',
    ...report.diagnosis.blocking.map(({ rule, ownPairs, pairs, cappedKeys }) =>
      row(`  ${rule}`, `${number.format(ownPairs)} of ${number.format(pairs)}; ${number.format(cappedKeys)}`),
    ),
    row('Can never be linked', number.format(report.diagnosis.unlinkable.records)),
    ...report.warnings.map((warning) => row('Warning', warnings[warning] ?? warning)),
  ];
  if (accuracy === undefined) return lines;
  return [
    ...lines,
    '',
    `Accuracy over ${number.format(accuracy.truePairs)} true pairs`,
    row('  automatic', `${percent(accuracy.auto.precision)} right, ${percent(accuracy.auto.recall)} found`),
    row('  to be asked', `${number.format(accuracy.review.pairs)} pairs, ${percent(accuracy.review.shareTrue)} true`),
    row('  groups', `${percent(accuracy.clusters.precision)} right, ${percent(accuracy.clusters.recall)} found`),
    row('  best F1', accuracy.bestF1.toFixed(4)),
    row('  found by blocking', percent(accuracy.blockingRecall)),
    ...accuracy.bins.map(({ from, to, pairs, shareTrue }) =>
      row(`  ${from} – ${to}`, `${number.format(pairs)} pairs, ${pairs === 0 ? '–' : percent(shareTrue)} true`),
    ),
  ];
}

const warnings: Readonly<Record<string, string>> = {
  not_converged: 'the estimate did not come to rest; look at the model before trusting it',
  nothing_compared: 'no two records share a key of any blocking rule',
  few_matches: 'few records have a counterpart: the model had little to learn from',
  no_households: 'no households were found, so pairs are weighed against strangers alone',
};

const sizes = (counts: Readonly<Record<string, number>>): string => {
  const all = Object.entries(counts);
  const shown = all.slice(0, 6).map(([size, count]) => `${size}: ${number.format(count)}`);
  const largest = all.at(-1)?.[0];
  return all.length <= 6 ? shown.join(', ') || 'none' : `${shown.join(', ')} … largest ${largest}`;
};
