import {
  defaultRfmBands,
  type RfmBands,
  type RfmEdges,
  type RfmSettings,
  rfmBandsSchema,
  rfmSettingsSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import type { Pg } from '../../platform/index.ts';
import { readRfmEdges, readRfmSettings } from './sql/rfm.pg.ts';

const four = z.array(z.number()).length(4);
const edgesSchema = z.object({ recencyDays: four, orders: four, revenue: four, engagement: four });

/** Thresholds in use and since when. Version 0 are the bands to begin with. */
export interface CurrentEdges {
  readonly version: number;
  readonly edges: RfmEdges;
  readonly at: Date | null;
  /** How many there were when they were computed. */
  readonly buyers: number;
}

const usualSettings: RfmSettings = { method: 'quantiles', bands: defaultRfmBands, names: {} };

export async function readSettings(pg: Pg, workspace: number): Promise<RfmSettings> {
  const row = await pg.row(readRfmSettings, { workspace });
  return row === null ? usualSettings : rfmSettingsSchema.parse(row);
}

/** Of a site, or '' for the whole workspace. */
export async function readEdges(pg: Pg, workspace: number, site: string): Promise<CurrentEdges> {
  const row = await pg.row(readRfmEdges, { workspace, site });
  if (row === null) return { version: 0, edges: edgesOfBands(defaultRfmBands), at: null, buyers: 0 };
  return { version: row.version, edges: edgesSchema.parse(row.edges), at: row.at, buyers: row.buyers };
}

export const edgesOfBands = (bands: RfmBands): RfmEdges => rfmBandsSchema.parse(bands);

/** Values at the ends of the first four fifths of the buyers, counted from the smallest. */
export interface Fifths {
  readonly recencyMs: readonly number[];
  readonly orders: readonly number[];
  readonly revenue: readonly number[];
  readonly engagement: readonly number[];
}

const dayMs = 86_400_000;

/**
 * Who lies in the first fifth scores lowest, and so do all with the same value: a shop where most people ordered once gives
 * every one of them frequency 1. So a threshold is the smallest value beyond the fifth.
 */
export const edgesOfFifths = ({ recencyMs, orders, revenue, engagement }: Fifths): RfmEdges => ({
  recencyDays: recencyMs.map((ms) => (ms + 1) / dayMs),
  orders: orders.map((value) => value + 1),
  revenue: revenue.map((value) => Math.round((value + 0.0001) * 10_000) / 10_000),
  engagement: engagement.map((value) => value + 1),
});

/** More or fewer buyers by this part: a large import came or went, and what was computed before it misleads. */
const drift = 0.1;
export const hasDrifted = (then: number, now: number): boolean => Math.abs(now - then) > then * drift;
