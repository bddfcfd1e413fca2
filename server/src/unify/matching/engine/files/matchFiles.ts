import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MatchKind, MatchReport, MatchSettings } from '@vitrail/contracts';
import { createLog, Fault, openChdb } from '../../../../platform/index.ts';
import { defaultMatchSettings } from '../defaultSettings.ts';
import { matchEngine } from '../index.ts';
import type { MatchSpace, MatchStage, MatchWork } from '../types.ts';
import { Workbench } from '../work.ts';
import { compileRecords } from './compileRecords.ts';
import { comparisonsOf, guessFields, knownFields } from './guessFields.ts';
import { type LoadedFiles, loadFiles } from './loadFiles.ts';
import { measureAccuracy } from './measureAccuracy.ts';
import { readTruth } from './readTruth.ts';
import { refuseTruth } from './refuseTruth.ts';
import { watchProcess } from './watchProcess.ts';
import { writeClusters, writePairs } from './writeFiles.ts';

export interface MatchFilesRequest {
  readonly files: readonly string[];
  readonly kind: MatchKind;
  /** Field → columns, by hand. */
  readonly map: Readonly<Record<string, readonly string[]>>;
  /** Only pairs of records of different files. */
  readonly linkOnly: boolean;
  /** Column that says which records are the same: only to measure, never an input. */
  readonly truth?: string | undefined;
  readonly idColumn?: string | undefined;
  /** Parquet or CSV by its ending; the clusters go beside it. */
  readonly out?: string | undefined;
  readonly settings?: MatchSettings | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((phase: MatchStage | 'load' | 'write', done: number, total: number) => void) | undefined;
}

/** Matches the records of files in a temporary ClickHouse of its own, which is removed whatever the end. */
export async function matchFiles(request: MatchFilesRequest): Promise<MatchReport> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vitrail-match-'));
  const watch = watchProcess();
  try {
    const ch = await openChdb({
      dataDir,
      log: createLog('silent'),
      connections: { write: 1, interactive: 1, heavy: 2 },
    });
    try {
      return await matchLoaded({ ch, prefix: 'match' }, request, watch);
    } finally {
      await ch.close();
    }
  } finally {
    watch.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function matchLoaded(
  space: MatchSpace,
  request: MatchFilesRequest,
  watch: ReturnType<typeof watchProcess>,
): Promise<MatchReport> {
  const { kind, linkOnly, signal } = request;
  const work: MatchWork = { signal, progress: request.progress };
  const phase = async <T>(name: string, step: () => Promise<T>): Promise<T> => watch.phase(name, step);
  request.progress?.('load', 0, 1);
  const loaded = await phase('load', () => loadFiles(space, request.files, { idColumn: request.idColumn }, work));
  const fields = chooseFields(request, loaded);
  await refuseTruth(new Workbench(space, work), loaded, fields, request.truth);
  const settings = request.settings ?? settingsFor(kind, fields);
  const query = { text: compileRecords(loaded.table, kind, loaded.headers, fields), types: {}, values: {} };
  const { records } = await phase('prepare', () => matchEngine.prepareRecords(space, settings, query, work));
  const { pairs } = await phase('compare', () => matchEngine.blockPairs(space, settings, { linkOnly }, work));
  const model = await phase('fit', () => matchEngine.fitModel(space, settings, work, { linkOnly }));
  const { thresholds, largestCluster } = settings;
  const bands = await phase('score', () => matchEngine.scorePairs(space, model, thresholds, work));
  const rules = { cannotLink: [], mustLink: [], thresholds, largestCluster };
  const result = await phase('cluster', () => matchEngine.clusterPairs(space, model, rules, work));
  if (request.out !== undefined) {
    const { out } = request;
    request.progress?.('write', 0, 1);
    await phase('write', async () => {
      await writePairs(space, out, work);
      await writeClusters(space, out, result.clusters, work);
    });
  }
  const seconds = watch.seconds();
  const truth = request.truth;
  const accuracy =
    truth === undefined
      ? undefined
      : await measureAccuracy(new Workbench(space, work), await readTruth(new Workbench(space, work), loaded, truth), {
          linkOnly,
          clusters: result.clusters,
        });
  const used = new Set(Object.values(fields).flat());
  return {
    records,
    pairs,
    bands: { auto: bands.auto, review: bands.review },
    clusters: result.clusters.length,
    seconds,
    peakRssMb: watch.peakRssMb(),
    ...(accuracy === undefined ? {} : { accuracy }),
    fields,
    ignored: loaded.headers.filter((header) => !used.has(header)),
    sizes: countSizes(result.clusters),
    phases: watch.phases(),
    longestPauseMs: watch.longestPauseMs(),
    model,
    diagnosis: await matchEngine.diagnose(space, settings, work, model),
    warnings: model.diagnostics.warnings,
  };
}

function chooseFields(request: MatchFilesRequest, loaded: LoadedFiles): Record<string, string[]> {
  const known = knownFields(request.kind);
  for (const [field, columns] of Object.entries(request.map)) {
    if (!known.includes(field)) {
      throw new Fault('invalid', 'match.no_such_field', `There is no field ${field}. Fields: ${known.join(', ')}.`);
    }
    const missing = columns.find((column) => !loaded.headers.includes(column));
    if (missing !== undefined) {
      throw new Fault(
        'invalid',
        'match.no_such_column',
        `There is no column ${missing}. Columns: ${loaded.headers.join(', ')}.`,
      );
    }
  }
  const barred = [request.truth?.split(':')[0], loaded.idColumn ?? undefined].filter((name) => name !== undefined);
  const fields = guessFields(request.kind, loaded.headers, request.map, new Set(barred));
  if (comparisonsOf(request.kind, fields).length === 0) {
    throw new Fault(
      'invalid',
      'match.nothing_to_compare',
      `No column could be recognised among ${loaded.headers.join(', ')}. Name them with --map field=column; fields: ${known.join(', ')}.`,
    );
  }
  return fields;
}

/** The defaults for the fields there are. */
export function settingsFor(kind: MatchKind, fields: Readonly<Record<string, readonly string[]>>): MatchSettings {
  const settings = defaultMatchSettings(kind);
  return { ...settings, comparisons: comparisonsOf(kind, fields) };
}

function countSizes(clusters: readonly (readonly number[])[]): Record<string, number> {
  const sizes = new Map<number, number>();
  for (const { length } of clusters) sizes.set(length, (sizes.get(length) ?? 0) + 1);
  return Object.fromEntries([...sizes].sort(([a], [b]) => a - b).map(([size, count]) => [String(size), count]));
}
