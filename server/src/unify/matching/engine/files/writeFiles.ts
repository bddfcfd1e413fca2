import { chmod, open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Fault } from '../../../../platform/index.ts';
import { sqlText } from '../sqlText.ts';
import type { MatchSpace, MatchWork } from '../types.ts';
import { Workbench } from '../work.ts';

const formatOf = (path: string): 'Parquet' | 'CSVWithNames' => {
  if (/\.parquet$/i.test(path)) return 'Parquet';
  if (/\.csv$/i.test(path)) return 'CSVWithNames';
  throw new Fault('invalid', 'match.unknown_format', `--out ${path} must end in .parquet or .csv.`);
};

/** Where the clusters go: `pairs.parquet` has `pairs.clusters.parquet` beside it. */
const clustersPath = (out: string): string => out.replace(/(\.[^./]+)$/, '.clusters$1');

/** Refuses a file that cannot be written, before the work is done. */
export async function checkOut(out: string): Promise<void> {
  formatOf(out);
  const trial = join(dirname(resolve(out)), `.vitrail-${process.pid}`);
  try {
    await (await open(trial, 'w')).close();
    await rm(trial);
  } catch (cause) {
    throw new Fault('invalid', 'match.cannot_write', `The folder of ${out} cannot be written.`, { cause });
  }
}

/** The engine writes the file itself, beside its place first: a cancelled run leaves no half of one. */
async function write(bench: Workbench, name: string, select: string, path: string): Promise<void> {
  const partial = `${resolve(path)}.partial`;
  try {
    await rm(partial, { force: true });
    await bench.runPlain(name, `insert into function file(${sqlText(partial)}, '${formatOf(path)}') ${select}`);
    await chmod(partial, 0o600);
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}

/** Both sides of a join go by way of the disk: a table of all records' names would grow with the file. */
const sorted = `settings join_algorithm = 'full_sorting_merge'`;

/** The kept pairs by the names of their records, likeliest first. */
export async function writePairs(space: MatchSpace, out: string, work: MatchWork): Promise<void> {
  const raw = `${space.prefix}_raw`;
  await write(
    new Workbench(space, work),
    'writePairs',
    `select l.ident as left, r.ident as right, p.probability as probability, toString(p.band) as band,
      p.weight as weight, p.household_weight as household_weight
     from (select * from ${space.prefix}_pairs where probability >= 0.0001) as p
     inner join (select record_id, ident from ${raw}) as l on p.left = l.record_id
     inner join (select record_id, ident from ${raw}) as r on p.right = r.record_id
     order by p.probability desc, p.left, p.right ${sorted}`,
    out,
  );
}

/** Members inserted at once. */
const chunk = 20_000;

/** Every record with the name of its cluster: that of the first record in it. */
export async function writeClusters(
  space: MatchSpace,
  out: string,
  clusters: readonly (readonly number[])[],
  work: MatchWork,
): Promise<void> {
  const bench = new Workbench(space, work);
  const table = `${space.prefix}_members`;
  await bench.define('dropMembers', `drop table if exists ${table} sync`);
  await bench.define(
    'createMembers',
    `create table if not exists ${table} (record_id UInt64, first_id UInt64) engine = MergeTree order by (record_id)`,
  );
  for (let from = 0; from < clusters.length; from += chunk) {
    const part = clusters.slice(from, from + chunk);
    await bench.run(
      'writeMembers',
      `insert into ${table} select pair.1, pair.2 from (select arrayJoin(arrayZip({ids:Array(UInt64)}, {firsts:Array(UInt64)})) as pair)`,
      { ids: 'Array(UInt64)', firsts: 'Array(UInt64)' },
      { ids: part.flat(), firsts: part.flatMap((members) => members.map(() => members[0] ?? 0)) },
    );
  }
  await write(
    bench,
    'writeClusters',
    `select a.ident as record, b.ident as cluster from (
       select r.record_id as record_id, r.ident as ident, if(m.first_id = 0, r.record_id, m.first_id) as first_id
       from ${space.prefix}_raw as r left join ${table} as m on r.record_id = m.record_id
     ) as a inner join (select record_id, ident from ${space.prefix}_raw) as b on a.first_id = b.record_id
     order by a.first_id, a.record_id ${sorted}`,
    clustersPath(out),
  );
}
