import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultMatchSettings } from 'vitrail/dist/unify/matching/engine/index.js';
import { type Figure, figure } from '../results.ts';
import { runMatch } from './runMatch.ts';
import { writeShopPeople } from './shopPeople.ts';
import { runSplink } from './splink.ts';

/** Time and memory of whole runs: reading, comparing, fitting, scoring, grouping and writing the pairs. Size by size, so that one that fails takes no figure of another with it. */
export async function* benchSpeed(
  folder: string,
  load: number,
  options: { readonly python: string | undefined },
): AsyncGenerator<Figure[]> {
  const file = (records: number): string => join(folder, `shop-${records}.csv`);
  const run = async (records: number, more: readonly string[] = []) => {
    await writeShopPeople(file(records), records);
    return runMatch([file(records), '--truth', 'person_id', '--out', join(folder, 'pairs.parquet'), ...more]);
  };
  const gb = (megabytes: number): number => megabytes / 1_024;
  const million = await run(1_000_000);
  const seconds = million.seconds;
  // The peer runs on the same file, with no truth to read either.
  const peer = options.python === undefined ? null : await runSplink(options.python, file(1_000_000));
  yield [
    figure(load, 'Matching 1,000,000 records, default rules', seconds, 's', 'less', 60, peer?.seconds ?? null),
    figure(load, 'Matching 1,000,000 records: pairs compared', million.pairs / 1e6, 'M', 'more', 2),
    figure(load, 'Matching 1,000,000 records: memory', gb(million.peakRssMb), 'GB', 'less', 2),
    figure(load, 'Matching 1,000,000 records: longest pause', million.longestPauseMs, 'ms', 'less', 100),
    ...(peer === null
      ? []
      : [
          figure(load, 'Splink on the same 1,000,000 records', peer.seconds, 's', 'less', null),
          figure(load, 'Splink on the same 1,000,000 records: pairs kept', peer.pairs / 1e6, 'M', 'more', null),
          figure(load, 'Time of Splink over ours, same file', peer.seconds / seconds, 'times', 'more', 1),
        ]),
  ];
  const wide = join(folder, 'wide.json');
  await writeFile(wide, JSON.stringify(wideSettings()));
  const many = await run(1_000_000, ['--settings', wide]);
  yield [
    figure(load, `Matching 1,000,000 records, wide rules`, many.seconds, 's', 'less', 90),
    figure(load, `Matching 1,000,000 records, wide rules: pairs compared`, many.pairs / 1e6, 'M', 'more', 10),
    figure(load, `Matching 1,000,000 records, wide rules: memory`, gb(many.peakRssMb), 'GB', 'less', 2),
  ];
  const three = await run(3_000_000);
  yield [
    figure(load, 'Matching 3,000,000 records', three.seconds, 's', 'less', seconds * 4),
    figure(load, 'Matching 3,000,000 records: memory', gb(three.peakRssMb), 'GB', 'less', 4),
  ];
}

/** Fewer rules with larger blocks: as many pairs as the engine lets a run have, which is twelve for each record. */
function wideSettings() {
  const rules = [
    'email',
    'phone',
    'first_name + last_name',
    'birth_date',
    'last_name + city',
    'first_name.root + city',
    'last_name',
  ];
  const blocking = rules.map((name) => ({ name, parts: name.split(' + '), cap: 2_000 }));
  return { ...defaultMatchSettings('people'), blocking };
}
