import { type MatchThresholds, type RunReport, runReportSchema } from '@vitrail/contracts';
import { z } from 'zod';
import type { Json, Pg } from '../../../platform/index.ts';
import type { MatchSpace } from '../engine/index.ts';
import type { MatchDeps, MatchSubject } from '../subject.ts';
import { samplePairs } from './readPairs.ts';

/** Pairs shown of each band. */
const sampleSize = 12;

const storedSampleSchema = z.object({
  band: z.enum(['auto', 'review', 'apart']),
  links: z.array(z.object({ left: z.number(), right: z.number(), probability: z.number(), weight: z.number() })),
});

/** A report without names: samples are ids, and who they are is read when somebody looks. */
export const storedReportSchema = runReportSchema
  .omit({ samples: true })
  .extend({ samples: z.array(storedSampleSchema) });
export type StoredReport = z.infer<typeof storedReportSchema>;

/** A value that came from our own schema, as JSON. */
export const toStored = (value: unknown): Json => z.json().parse(value);

export async function readSamples(
  deps: Pick<MatchDeps, 'ch'>,
  space: MatchSpace,
  thresholds: MatchThresholds,
): Promise<StoredReport['samples']> {
  const bands = ['auto', 'review', 'apart'] as const;
  return Promise.all(
    bands.map(async (band) => ({
      band,
      links: (await samplePairs(deps, space, band, thresholds, sampleSize)).map(
        ({ left, right, probability, weight }) => ({ left, right, probability, weight }),
      ),
    })),
  );
}

/** The report as people read it, with the two sides of each sample. */
export async function presentReport(
  pg: Pg,
  subject: MatchSubject,
  workspace: number,
  stored: StoredReport,
): Promise<RunReport> {
  const ids = stored.samples.flatMap(({ links }) => links.flatMap(({ left, right }) => [left, right]));
  const sides = await subject.sides(
    pg,
    workspace,
    [...new Set(ids)].map((id) => ({ id, before: null })),
  );
  return {
    ...stored,
    samples: stored.samples.map(({ band, links }) => ({
      band,
      links: links.map(({ left, right, ...link }) => ({
        ...link,
        left: sides.get(left) ?? null,
        right: sides.get(right) ?? null,
      })),
    })),
  };
}
