import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecommendationEvaluation, RecommendationProtocol, RecommendReport } from '@vitrail/contracts';
import { type Ch, createLog, Fault, openChdb } from '../../../platform/index.ts';
import { createHistories, writeHistories } from '../engine/buildHistories.ts';
import { buildNeighbours, type NeighbourSettings } from '../engine/buildNeighbours.ts';
import { type EaseSettings, easeItems, fitEase } from '../engine/ease.ts';
import { type ItemModel, readHistories, readItemModel } from '../engine/readModel.ts';
import type { RecommendSpace, RecommendWork } from '../engine/space.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { type InteractionColumns, type LoadedInteractions, loadInteractions } from './loadInteractions.ts';
import { writeRecommendations } from './writeRecommendations.ts';

export type RecommendPhase = 'load' | 'evaluate' | 'build' | 'write';

export interface RecommendFileRequest {
  readonly file: string;
  readonly columns: InteractionColumns;
  readonly evaluate?: { readonly protocol: RecommendationProtocol; readonly cut?: number | undefined } | undefined;
  /** The best 20 of every user, as CSV or Parquet by its ending. */
  readonly out?: string | undefined;
  readonly neighbours?: Partial<NeighbourSettings>;
  readonly ease?: Partial<EaseSettings>;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((phase: RecommendPhase, done: number, total: number) => void) | undefined;
}

/** A file is read whole: nobody's history is cut, unless it is far beyond a person's. */
const fileCap = 5_000;
const halfLifeDays = 60;

/** Recommends from a file of who had what, in a temporary ClickHouse of its own, which is removed whatever the end. */
export async function recommendFile(request: RecommendFileRequest): Promise<RecommendReport> {
  const began = performance.now();
  const dataDir = await mkdtemp(join(tmpdir(), 'vitrail-recommend-'));
  try {
    const ch = await openChdb({
      dataDir,
      log: createLog('silent'),
      connections: { write: 1, interactive: 1, heavy: 2 },
    });
    try {
      const report = await recommendLoaded(ch, request);
      return { ...report, seconds: Math.round(performance.now() - began) / 1_000 };
    } finally {
      await ch.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function recommendLoaded(ch: Ch, request: RecommendFileRequest): Promise<Omit<RecommendReport, 'seconds'>> {
  const { signal } = request;
  const space: RecommendSpace = { ch, prefix: 'recommend' };
  const watched = (phase: RecommendPhase): RecommendWork => ({
    signal,
    progress: (done, total) => request.progress?.(phase, done, total),
  });
  request.progress?.('load', 0, 1);
  const loaded = await loadInteractions(ch, space.prefix, request.file, request.columns);
  const timed = request.columns.time !== undefined;
  if (request.evaluate?.protocol === 'time' && !timed)
    throw new Fault('invalid', 'recommend.no_time', 'To evaluate by time, name the column of the time with --time.');
  const small = loaded.items <= easeItems;
  const combine = request.columns.weight === undefined ? 'max' : 'sum';
  const signals = { text: loaded.text, params: {}, values: {} };
  const evaluation =
    request.evaluate === undefined
      ? null
      : await evaluate(
          space,
          {
            ...request.evaluate,
            signals,
            items: loaded.items,
            timed,
            cap: fileCap,
            combine,
            halfLifeDays,
            neighbours: request.neighbours ?? {},
            ease: request.ease ?? {},
            at: new Date(),
          },
          watched('evaluate'),
        );
  const method = small && !isBetter(evaluation, 'cosine', 'ease') ? 'ease' : 'cosine';
  if (request.out !== undefined) {
    const work = watched('build');
    await createHistories(space, work);
    await writeHistories(space, signals, { version: 1, cap: fileCap, combine }, work);
    const histories = await readHistories(space, {}, work);
    const model =
      method === 'ease'
        ? await fitEase(histories, loaded.items, request.ease, signal)
        : await buildCosine(space, loaded, request, work);
    await writeRecommendations(ch, space.prefix, { model, histories, out: request.out }, watched('write'));
  }
  return {
    users: loaded.users,
    items: loaded.items,
    interactions: loaded.pairs,
    method,
    evaluation,
    rejected: loaded.rejected,
  };
}

async function buildCosine(
  space: RecommendSpace,
  loaded: LoadedInteractions,
  request: RecommendFileRequest,
  work: RecommendWork,
): Promise<ItemModel> {
  await buildNeighbours(space, request.neighbours, work);
  return readItemModel(space, loaded.items, work);
}

/** Did one method foresee better than the other? */
export function isBetter(
  evaluation: Pick<RecommendationEvaluation, 'rankings'> | null,
  one: 'cosine' | 'ease',
  other: 'cosine' | 'ease',
): boolean {
  const ndcg = (name: string): number => evaluation?.rankings.find(({ method }) => method === name)?.ndcg10 ?? 0;
  return ndcg(one) > ndcg(other);
}
