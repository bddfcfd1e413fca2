import { experienceRequestSchema } from '@vitrail/contracts';
import { z } from 'zod';
import { listSegmentsBeyond } from '../../decide/index.ts';
import type { Deps } from '../../platform/index.ts';
import type { RunningExperience } from './evaluate.ts';
import { listRunning, readGeneration } from './sql/decisions.pg.ts';

/** The languages a shop speaks first. */
export interface Languages {
  readonly shop: string;
  /** By the name of the site. */
  readonly sites: ReadonlyMap<string, string>;
}

/** What runs in a workspace, as this process holds it. */
export interface RunningSet {
  readonly timeZone: string;
  readonly languages: Languages;
  readonly experiences: readonly RunningExperience[];
  /** Every segment that any of them asks about. */
  readonly segments: readonly number[];
}

interface Held extends RunningSet {
  readonly generation: number;
  /** Segments that rest on what a partner does not allow here: no experience may ask for them. */
  readonly closed: string;
  readonly checkedAt: number;
}

const siteLanguages = z.record(z.string(), z.string());

/** A change is followed so soon; asking more often costs more than it tells. */
const freshMs = 500;

/**
 * What runs, read once and again when it changed. Asked of PostgreSQL at most twice a second for a workspace, whoever asks
 * meanwhile waits for the same answer.
 */
export function createRunning(deps: Pick<Deps, 'pg'>) {
  const held = new Map<number, Held>();
  const reading = new Map<number, Promise<Held>>();

  const read = async (workspace: number): Promise<Held> => {
    const now = performance.now();
    const known = held.get(workspace);
    const row = await deps.pg.row(readGeneration, { workspace });
    const generation = row?.generation ?? 0;
    const timeZone = row?.time_zone ?? 'UTC';
    const sites = new Map(Object.entries(siteLanguages.parse(row?.sites ?? {})));
    const languages = { shop: row?.language ?? 'en', sites };
    const beyond = await listSegmentsBeyond(deps.pg, workspace, 'experiences');
    const closed = [...beyond].join();
    if (known !== undefined && known.generation === generation && known.closed === closed)
      return { ...known, checkedAt: now, timeZone, languages };
    const running = (await deps.pg.rows(listRunning, { workspace })).map(({ id, key, version, definition }) => {
      const parsed = experienceRequestSchema.parse(definition);
      const { segments, exclude } = parsed.audience;
      return { id, key, version, definition: parsed, segments: segments.map(Number), exclude: exclude.map(Number) };
    });
    const experiences = running.filter((each) => ![...each.segments, ...each.exclude].some((id) => beyond.has(id)));
    experiences.sort((one, other) => other.definition.priority - one.definition.priority || one.id - other.id);
    const segments = [...new Set(experiences.flatMap((each) => [...each.segments, ...each.exclude]))];
    return { generation, closed, checkedAt: now, timeZone, languages, experiences, segments };
  };

  return {
    async get(workspace: number): Promise<RunningSet> {
      const known = held.get(workspace);
      if (known !== undefined && performance.now() - known.checkedAt < freshMs) return known;
      let answer = reading.get(workspace);
      if (answer === undefined) {
        answer = read(workspace).finally(() => reading.delete(workspace));
        reading.set(workspace, answer);
      }
      const fresh = await answer;
      held.set(workspace, fresh);
      return fresh;
    },
  };
}
