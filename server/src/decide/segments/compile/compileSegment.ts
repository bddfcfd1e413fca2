import {
  type ConditionOf,
  type OutsideUse,
  type SegmentCondition,
  type SegmentNode,
  type SentenceNames,
  segmentLimits,
} from '@vitrail/contracts';
import { Fault } from '../../../platform/index.ts';
import { compileEventCondition } from './eventCondition.ts';
import type { Features } from './features.ts';
import type { CompiledCondition } from './measure.ts';
import { earliest } from './moment.ts';
import { compileOrderCondition, compileProductCondition } from './orderCondition.ts';
import {
  compileConsent,
  compileIdentifier,
  compileList,
  compileProfile,
  compileSample,
  compileTrait,
} from './personCondition.ts';
import { compileSequence } from './sequenceCondition.ts';

/** What definitions may refer to, by the id used in them. */
export interface References {
  readonly segments: ReadonlyMap<string, ReferencedSegment>;
  /** Compiles a condition on personas, scores or what is foreseen; throws `Fault` for one that does not exist. */
  readonly compileOther?: (
    condition: OtherCondition,
    features: Features,
    zone: string,
    use: OutsideUse,
  ) => CompiledCondition;
  /** What the answer is for: partners allow some uses and not others. Segments, unless told. */
  readonly use?: OutsideUse;
  /** Names of them, for the sentence. */
  readonly names?: Pick<SentenceNames, 'personas' | 'scores' | 'lookalikes' | 'outside'>;
}
export type ReferencedSegment =
  | { readonly kind: 'dynamic'; readonly definition: SegmentNode }
  | { readonly kind: 'list'; readonly list: number };
export type OtherCondition = ConditionOf<
  | 'persona'
  | 'score'
  | 'prediction'
  | 'next_order'
  | 'tier'
  | 'preferred_channel'
  | 'appetence'
  | 'lookalike'
  | 'outside'
>;

/** A place in a definition, compiled: SQL over the columns of a person. */
export interface CompiledNode {
  /** `of.0.of.2`; '' for the whole. */
  readonly path: string;
  readonly pass: string;
  readonly next: string;
  /** Null for groups. */
  readonly found: string | null;
}

/** A definition compiled: the whole first, then its parts in the order they are written. */
export type CompiledSegment = readonly [CompiledNode, ...CompiledNode[]];

interface Walk {
  readonly features: Features;
  readonly zone: string;
  readonly references: References;
  /** Ids of the segments being expanded. */
  readonly expanding: readonly string[];
  /** Conditions so far, those of referenced segments among them. */
  readonly conditions: { count: number };
}

/**
 * Compiles a definition to SQL over `features`. The same text serves count, explanation, sweep, touch and export. Throws
 * `Fault` for references that do not exist or come round to themselves, and for more conditions than may be.
 */
export function compileSegment(
  definition: SegmentNode,
  context: { features: Features; zone: string; references: References; self?: string | undefined },
): CompiledSegment {
  const { self, ...rest } = context;
  const walk = { ...rest, expanding: self === undefined ? [] : [self], conditions: { count: 0 } };
  return compileNode(definition, '', walk);
}

function compileNode(node: SegmentNode, path: string, walk: Walk): CompiledSegment {
  const at = (part: string): string => (path === '' ? part : `${path}.${part}`);
  switch (node.kind) {
    case 'all':
    case 'any': {
      const parts = node.of.map((each, index) => compileNode(each, at(`of.${index}`), walk));
      const pass = parts.map(([whole]) => whole.pass).join(node.kind === 'all' ? ' and ' : ' or ');
      const next = earliest(parts.map(([whole]) => whole.next));
      return [{ path, pass: parts.length === 0 ? '1' : `(${pass})`, next, found: null }, ...parts.flat()];
    }
    case 'not': {
      const part = compileNode(node.of, at('of'), walk);
      const [{ pass, next }] = part;
      return [{ path, pass: `not (${pass})`, next, found: null }, ...part];
    }
    default:
      return [{ path, ...compileCondition(node, walk) }];
  }
}

function compileCondition(condition: SegmentCondition, walk: Walk): CompiledCondition {
  const { features, zone } = walk;
  walk.conditions.count += 1;
  if (walk.conditions.count > segmentLimits.conditions) {
    throw invalid(
      'decide.segment_too_large',
      `With the segments it refers to, this segment has more than ${segmentLimits.conditions} conditions. Split it.`,
    );
  }
  const compiled = compileKind(condition, walk, features, zone);
  return { ...compiled, pass: `(${compiled.pass})` };
}

function compileKind(condition: SegmentCondition, walk: Walk, features: Features, zone: string): CompiledCondition {
  switch (condition.kind) {
    case 'trait':
      return compileTrait(condition, features, zone);
    case 'consent':
      return compileConsent(condition, features);
    case 'identifier':
      return compileIdentifier(condition, features);
    case 'profile':
      return compileProfile(condition, features, zone);
    case 'event':
      return compileEventCondition(condition, features, zone);
    case 'order':
      return compileOrderCondition(condition, features, zone);
    case 'product':
      return compileProductCondition(condition, features, zone);
    case 'sequence':
      return compileSequence(condition, features, zone);
    case 'sample':
      return compileSample(condition, features);
    case 'segment':
      return compileReference(condition, walk);
    default: {
      const compile = walk.references.compileOther;
      if (compile === undefined)
        throw invalid('decide.reference_unknown', `There is no ${condition.kind} to refer to yet.`);
      return compile(condition, features, zone, walk.references.use ?? 'segments');
    }
  }
}

/** Membership of another segment is that segment's own definition: the two can never disagree. */
function compileReference(
  { segment, member }: Extract<SegmentCondition, { kind: 'segment' }>,
  walk: Walk,
): CompiledCondition {
  const referenced = walk.references.segments.get(segment);
  if (referenced === undefined) {
    throw invalid('decide.reference_unknown', `There is no segment ${segment} in this workspace, or it is archived.`);
  }
  if (referenced.kind === 'list') return compileList(referenced.list, member, walk.features);
  if (walk.expanding.includes(segment)) {
    throw invalid('decide.segment_cycle', `Segment ${segment} refers back to itself. Take one of the references out.`);
  }
  const [{ pass, next }] = compileNode(referenced.definition, '', { ...walk, expanding: [...walk.expanding, segment] });
  return { pass: member ? pass : `not (${pass})`, next, found: `if(${pass}, 'member', 'no member')` };
}

const invalid = (code: string, message: string): Fault => new Fault('invalid', code, message);
