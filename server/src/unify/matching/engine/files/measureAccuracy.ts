import type { MatchReport } from '@vitrail/contracts';
import type { Workbench } from '../work.ts';

const edges = [0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.96, 0.99, 0.999, 0.9999, 1];
const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** How good the pairs and clusters are, pairwise. True pairs that no rule proposed count as missed. */
export async function measureAccuracy(
  bench: Workbench,
  truth: string,
  { linkOnly, clusters }: { linkOnly: boolean; clusters: readonly (readonly number[])[] },
): Promise<NonNullable<MatchReport['accuracy']>> {
  const truePairs = await countTrue(bench, truth, linkOnly);
  const labelled = (table: string): string =>
    `(select p.*, l.label = r.label and l.label != '' as same from ${table} as p
      inner join ${truth} as l on p.left = l.record_id inner join ${truth} as r on p.right = r.record_id)`;
  const pairs = labelled(bench.table('pairs'));
  const bins = await bench.rowsPlain(
    'accuracyBins',
    `select ${edges
      .slice(1, -1)
      .map((edge) => `(probability >= ${edge})`)
      .join(' + ')} as bin, count() as pairs, countIf(same) as correct
     from ${pairs} group by bin order by bin`,
    { bin: 'UInt64', pairs: 'UInt64', correct: 'UInt64' },
  );
  const bands = await bench.rowsPlain(
    'accuracyBands',
    `select toString(band) as band, count() as pairs, countIf(same) as correct from ${pairs} group by band order by band`,
    { band: 'String', pairs: 'UInt64', correct: 'UInt64' },
  );
  const [best] = await bench.rowsPlain(
    'bestF1',
    // Pairs of one probability are accepted together.
    `select max(2 * correct / (taken + ${truePairs})) as f1 from (
      select probability, sum(sum(same)) over (order by probability desc) as correct, sum(count()) over (order by probability desc) as taken
      from ${pairs} group by probability)`,
    { f1: 'Float64' },
  );
  const [found] = await bench.rowsPlain(
    'blockingRecall',
    `select countIf(same) as correct from ${labelled(bench.table('compared'))}`,
    {
      correct: 'UInt64',
    },
  );
  const auto = bands.find(({ band }) => band === 'auto') ?? { pairs: 0, correct: 0 };
  const review = bands.find(({ band }) => band === 'review') ?? { pairs: 0, correct: 0 };
  return {
    auto: { precision: share(auto.correct, auto.pairs), recall: share(auto.correct, truePairs) },
    review: { pairs: review.pairs, shareTrue: share(review.correct, review.pairs) },
    bestF1: Math.min(1, best?.f1 ?? 0),
    bins: binsWith(bins),
    clusters: await measureClusters(bench, truth, clusters, linkOnly, truePairs),
    blockingRecall: share(found?.correct ?? 0, truePairs),
    truePairs,
  };
}

function binsWith(
  rows: readonly { bin: number; pairs: number; correct: number }[],
): NonNullable<MatchReport['accuracy']>['bins'] {
  return edges.slice(0, -1).map((from, index) => {
    const { pairs, correct } = rows.find(({ bin }) => bin === index) ?? { pairs: 0, correct: 0 };
    return { from, to: edges[index + 1] ?? 1, pairs, shareTrue: share(correct, pairs) };
  });
}

async function countTrue(bench: Workbench, truth: string, linkOnly: boolean): Promise<number> {
  const [row] = await bench.rowsPlain(
    'countTruePairs',
    `select sum(pairs) - ${linkOnly ? 'sum(within)' : '0'} as pairs from (
      select label, count() * (count() - 1) / 2 as pairs from ${truth} where label != '' group by label
    ) as a left join (
      select label, sum(own * (own - 1) / 2) as within from (select label, source, count() as own from ${truth} where label != '' group by label, source) group by label
    ) as b on a.label = b.label`,
    { pairs: 'Float64' },
  );
  return row?.pairs ?? 0;
}

/** Pairs within clusters, counted by label: a cluster of n records is n(n−1)/2 pairs. */
async function measureClusters(
  bench: Workbench,
  truth: string,
  clusters: readonly (readonly number[])[],
  linkOnly: boolean,
  truePairs: number,
): Promise<{ precision: number; recall: number }> {
  const labels = new Map<number, string>();
  const members = clusters.flat();
  const chunk = 50_000;
  for (let from = 0; from < members.length; from += chunk) {
    const ids = members.slice(from, from + chunk);
    const rows = await bench.rows(
      'labelsOf',
      `select record_id as record, concat(toString(source), ' ', label) as label from ${truth} where record_id in {ids:Array(UInt64)}`,
      { record: 'UInt64', label: 'String' },
      { ids: 'Array(UInt64)' },
      { ids },
    );
    for (const { record, label } of rows) labels.set(record, label);
  }
  let [made, correct] = [0, 0];
  for (const cluster of clusters) {
    for (const [index, left] of cluster.entries()) {
      const [source = '', ...own] = (labels.get(left) ?? '').split(' ');
      const label = own.join(' ');
      for (const right of cluster.slice(index + 1)) {
        const other = labels.get(right) ?? '';
        const space = other.indexOf(' ');
        if (linkOnly && other.slice(0, space) === source) continue;
        made += 1;
        if (label !== '' && other.slice(space + 1) === label) correct += 1;
      }
    }
  }
  return { precision: share(correct, made), recall: share(correct, truePairs) };
}
