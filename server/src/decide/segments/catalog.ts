import { type SegmentNode, segmentDefinitionSchema } from '@vitrail/contracts';
import { Fault, type Pg } from '../../platform/index.ts';
import {
  type AssembledQuery,
  assembleEvaluation,
  type Evaluated,
  type evaluationRow,
  type Scope,
} from './compile/assemble.ts';
import {
  type CompiledSegment,
  compileSegment,
  type ReferencedSegment,
  type References,
} from './compile/compileSegment.ts';
import { Features } from './compile/features.ts';
import { Parameters } from './compile/parameters.ts';
import { listStanding, readGeneration } from './sql/segments.pg.ts';

export interface StandingSegment {
  readonly id: number;
  readonly name: string;
  readonly kind: 'dynamic' | 'list';
  readonly state: 'building' | 'live' | 'stale';
  /** Applied to everyone; 0 while the first one is being built. */
  readonly version: number;
  readonly definition: SegmentNode | null;
}

/** A workspace's segments, of one generation. */
export interface Catalog {
  readonly generation: number;
  readonly zone: string;
  readonly segments: readonly StandingSegment[];
  readonly references: References;
  /** Dynamic segments whose memberships follow events: those applied to everyone once. */
  readonly live: readonly StandingSegment[];
  /** Ids of the lists. */
  readonly lists: ReadonlySet<number>;
}

/** What a stored definition may refer to besides segments; asked when a catalog is read. */
export type LoadOthers = (workspaceId: number) => Promise<Pick<References, 'compileOther' | 'names'>>;

/** Reads a stored definition. What is stored was checked when it was saved. */
export const readDefinition = (stored: unknown): SegmentNode => segmentDefinitionSchema.parse(stored);

export const segmentIdOf = (text: string): number | null => {
  const id = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  return id > 0 ? id : null;
};

/** Catalogs in memory, read again when their generation rose. */
export function createCatalogs(pg: Pg, loadOthers: LoadOthers) {
  const known = new Map<number, Catalog>();
  return {
    async get(workspace: number, on: Pg = pg): Promise<Catalog> {
      const current = await on.row(readGeneration, { workspace });
      if (current === null) throw new Fault('not_found', 'decide.workspace_not_found', 'There is no such workspace.');
      const cached = known.get(workspace);
      if (cached !== undefined && cached.generation === current.generation && cached.zone === current.time_zone)
        return cached;
      const rows = await on.rows(listStanding, { workspace });
      const segments = rows.map(
        (row): StandingSegment => ({
          id: row.id,
          name: row.name,
          kind: row.kind === 'list' ? 'list' : 'dynamic',
          state: row.state === 'building' || row.state === 'stale' ? row.state : 'live',
          version: row.version,
          definition: row.definition === null ? null : readDefinition(row.definition),
        }),
      );
      const catalog: Catalog = {
        generation: current.generation,
        zone: current.time_zone,
        segments,
        references: { segments: referencesOf(segments), ...(await loadOthers(workspace)) },
        live: segments.filter(({ kind, version, state }) => kind === 'dynamic' && version > 0 && state !== 'stale'),
        lists: new Set(segments.filter(({ kind }) => kind === 'list').map(({ id }) => id)),
      };
      known.set(workspace, catalog);
      return catalog;
    },
  };
}
export type Catalogs = ReturnType<typeof createCatalogs>;

export function referencesOf(segments: readonly StandingSegment[]): Map<string, ReferencedSegment> {
  return new Map(
    segments.flatMap(({ id, definition }): [string, ReferencedSegment][] => [
      [String(id), definition === null ? { kind: 'list', list: id } : { kind: 'dynamic', definition }],
    ]),
  );
}

/** Ids of the segments a definition refers to. */
export function referencedBy(node: SegmentNode): string[] {
  switch (node.kind) {
    case 'all':
    case 'any':
      return node.of.flatMap(referencedBy);
    case 'not':
      return referencedBy(node.of);
    case 'segment':
      return [node.segment];
    default:
      return [];
  }
}

/** Segments that refer to one of these, directly or through others: their members change with them. */
export function dependentsOf(segments: readonly StandingSegment[], ids: readonly number[]): StandingSegment[] {
  const found = new Set(ids.map(String));
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const { id, definition } of segments) {
      if (definition !== null && referencedBy(definition).some((other) => found.has(other))) found.add(String(id));
    }
  }
  return segments.filter(({ id }) => found.has(String(id)) && !ids.includes(id));
}

/** Compiles one definition by itself. */
export function compileAlone(
  catalog: Pick<Catalog, 'zone' | 'references'>,
  definition: SegmentNode,
  options: { self?: string; moments?: boolean } = {},
): { compiled: CompiledSegment; features: Features } {
  const { self, moments = true } = options;
  const features = new Features(new Parameters(), { moments });
  return { features, compiled: compileSegment(definition, { features, self, ...catalog }) };
}

/** One query that evaluates many segments, everything they share computed once. */
export function compileTogether(
  catalog: Pick<Catalog, 'zone' | 'references'>,
  segments: readonly Pick<StandingSegment, 'id' | 'definition'>[],
  scope: Scope,
): AssembledQuery<typeof evaluationRow> {
  const features = new Features(new Parameters());
  const evaluated: Evaluated[] = segments.flatMap(({ id, definition }) =>
    definition === null
      ? []
      : [{ id, compiled: compileSegment(definition, { features, self: String(id), ...catalog }) }],
  );
  return assembleEvaluation(evaluated, features, scope);
}
