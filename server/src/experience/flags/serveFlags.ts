import { createHash } from 'node:crypto';
import { flagRequestSchema } from '@vitrail/contracts';
import type { Deps, Json, JsonObject } from '../../platform/index.ts';
import type { createVisitorReader } from '../decisions/visitors.ts';
import type { RunningExperiments } from '../experiments/assignables.ts';
import { readExperimentSettings } from '../experiments/readExperiments.ts';
import {
  compileFeatures,
  deviceAttribute,
  personAttribute,
  segmentsAsked,
  segmentsAttribute,
} from './compileFeatures.ts';
import type { Features } from './payload.ts';
import { listAllFlags } from './sql/flags.pg.ts';

/** The flags of a workspace, as this process holds them. */
export interface ServedFlags {
  /** For browsers: only rules of published segments. */
  readonly open: Features;
  /** For servers with a secret key. */
  readonly full: Features;
  readonly inactive: ReadonlySet<string>;
  /** Segments that rules ask about; of these the published ones. */
  readonly segments: readonly number[];
  readonly published: readonly number[];
  readonly updatedAt: string;
  readonly etag: string;
}

export interface FlagServerDeps extends Pick<Deps, 'pg'> {
  readonly running: RunningExperiments;
  readonly visitors: Pick<ReturnType<typeof createVisitorReader>, 'read'>;
}

const freshMs = 500;

/** Flags ready to be given out or evaluated: read twice a second at most for a workspace, evaluated in memory. */
export function createFlagServer(deps: FlagServerDeps) {
  const held = new Map<number, { readonly at: number; readonly flags: Promise<ServedFlags> }>();

  const get = (workspace: number): Promise<ServedFlags> => {
    const known = held.get(workspace);
    const now = performance.now();
    if (known !== undefined && now - known.at < freshMs) return known.flags;
    const flags = read(deps, workspace);
    held.set(workspace, { at: now, flags });
    flags.catch(() => {
      if (held.get(workspace)?.flags === flags) held.delete(workspace);
    });
    return flags;
  };

  return {
    get,
    /**
     * The attributes with the segments of whoever they name, when rules ask for any and the person said yes to
     * personalisation. A browser is known by its anonymous id alone: a user id can be guessed, and would tell of others.
     */
    async withSegments(workspace: number, attributes: JsonObject, caller: 'browser' | 'server'): Promise<JsonObject> {
      const { segments, published } = await get(workspace);
      const asked = caller === 'browser' ? published : segments;
      const device = textOf(attributes[deviceAttribute]);
      const person = caller === 'server' ? textOf(attributes[personAttribute]) : null;
      const identifier =
        person !== null
          ? { namespace: 'user_id', value: person }
          : device !== null
            ? { namespace: 'anonymous_id', value: device }
            : null;
      if (asked.length === 0) return attributes;
      if (identifier === null) return { ...attributes, [segmentsAttribute]: [] };
      const visitor = await deps.visitors.read(workspace, identifier, segments);
      const member = visitor?.personalisation === true ? asked.filter((segment) => visitor.segments.has(segment)) : [];
      return { ...attributes, [segmentsAttribute]: member.map(String) };
    },
  };
}
export type FlagServer = ReturnType<typeof createFlagServer>;

const textOf = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

async function read({ pg, running }: FlagServerDeps, workspace: number): Promise<ServedFlags> {
  const [rows, experiments, settings] = await Promise.all([
    pg.rows(listAllFlags, { workspace }),
    running.get(workspace),
    readExperimentSettings({ pg }, workspace),
  ]);
  const flags = rows.map(({ active, definition }) => ({ active, definition: flagRequestSchema.parse(definition) }));
  const published = new Set(settings.publishedSegments);
  const asked = segmentsAsked(flags);
  const open = compileFeatures(flags, experiments, published);
  const newest = rows.reduce((latest, { updated_at }) => Math.max(latest, updated_at.getTime()), 0);
  return {
    open,
    full: compileFeatures(flags, experiments),
    inactive: new Set(flags.flatMap(({ active, definition }) => (active ? [] : [definition.key]))),
    segments: asked.map(Number),
    published: asked.filter((segment) => published.has(segment)).map(Number),
    updatedAt: new Date(newest).toISOString(),
    etag: tagOf(open),
  };
}

/** What stands for an answer: the same answer, the same tag. */
export const tagOf = (answer: object): string =>
  `"${createHash('sha256').update(JSON.stringify(answer)).digest('base64url').slice(0, 22)}"`;
