import { z } from 'zod';
import { appetencePlaces, predictionNumberFields, preferredChannels, valueTiers } from './predictions.ts';
import {
  dateTestSchema,
  durationSchema,
  isMomentTest,
  measureOrMomentTestSchema,
  measureTestSchema,
  momentTestSchema,
  segmentLimits,
  textTestSchema,
  timeWindowSchema,
  valueTestSchema,
} from './segmentTests.ts';

const name = z.string().min(1).max(200);
const window = timeWindowSchema.default({ kind: 'ever' });

/** Facts of an event that have a column of their own, apart from its properties. */
export const eventFields = [
  'site',
  'device_type',
  'os',
  'browser',
  'country',
  'language',
  'campaign_source',
  'campaign_medium',
  'campaign_name',
  'path',
  'url',
  'referrer',
  'product_id',
  'category',
  'brand',
  'order_id',
  'currency',
  'base_value',
] as const;
export type EventField = (typeof eventFields)[number];

/** A field, or a property by its path (`color`, `address.city`). */
const subject = z.strictObject({ field: z.enum(eventFields) }).or(z.strictObject({ property: name }));

/** One fact about an event. */
export const eventTestSchema = z.union([
  z.strictObject({ field: z.enum(eventFields), test: valueTestSchema }),
  z.strictObject({ property: name, test: valueTestSchema }),
]);
export type EventTest = z.infer<typeof eventTestSchema>;

/** Which events: of a type and of these names, with all these facts. Robots never count. */
export const eventMatchSchema = z.strictObject({
  type: z.enum(['track', 'page', 'screen', 'any']).default('track'),
  events: z
    .array(name)
    .max(50)
    .default([])
    .meta({ description: 'Names of the event, page or screen, exactly; none: every one' }),
  where: z.array(eventTestSchema).max(segmentLimits.facts).default([]),
});
export type EventMatch = z.infer<typeof eventMatchSchema>;

/** Over no match, `count`, `sum` and `distinct` are 0; the others pass no comparison. */
const eventMeasureSchema = z.discriminatedUnion('of', [
  z.strictObject({ of: z.enum(['count', 'first', 'last']) }),
  z.strictObject({ of: z.enum(['sum', 'average', 'min', 'max', 'distinct']), value: subject }),
]);
export type EventMeasure = z.infer<typeof eventMeasureSchema>;

/** `first` and `last` are points in time, everything else is a number. */
const fits = ({
  measure,
  test,
}: {
  measure: { of: string };
  test: z.infer<typeof measureOrMomentTestSchema>;
}): boolean => ['first', 'last'].includes(measure.of) === isMomentTest(test);
const misfit = {
  path: ['test'],
  message: 'first and last are compared with before, after, in_last or not_in_last; the other measures with a number',
};

/** Events counted or measured: `count eq 0` is "not done". */
export const eventConditionSchema = z
  .strictObject({
    kind: z.literal('event'),
    match: eventMatchSchema,
    measure: eventMeasureSchema.default({ of: 'count' }),
    test: measureOrMomentTestSchema,
    window,
  })
  .refine(fits, misfit);

export const orderTextFields = ['site', 'channel', 'currency', 'coupon', 'status'] as const;
export const orderNumberFields = ['total', 'discount'] as const;
export const lineFields = ['product_id', 'category', 'brand'] as const;

const lineTest = z.strictObject({ field: z.enum(lineFields), test: textTestSchema });

/** Orders; refunds reduce their amount, cancelled ones do not count. Money is in the base currency. */
export const orderMatchSchema = z.strictObject({
  where: z
    .array(
      z.discriminatedUnion('field', [
        z.strictObject({ field: z.enum(orderTextFields), test: textTestSchema }),
        z.strictObject({ field: z.enum(orderNumberFields), test: measureTestSchema }),
      ]),
    )
    .max(segmentLimits.facts)
    .default([]),
  lines: z
    .array(lineTest)
    .max(segmentLimits.facts)
    .default([])
    .meta({ description: 'Only orders with a line that passes all of these' }),
});
export type OrderMatch = z.infer<typeof orderMatchSchema>;

export const orderMeasures = ['count', 'revenue', 'average', 'min', 'max', 'first', 'last'] as const;
export const orderConditionSchema = z
  .strictObject({
    kind: z.literal('order'),
    match: orderMatchSchema.default({ where: [], lines: [] }),
    measure: z.strictObject({ of: z.enum(orderMeasures) }).default({ of: 'count' }),
    test: measureOrMomentTestSchema,
    window,
  })
  .refine(fits, misfit);

/** Products a person saw, put in the cart or bought; category and brand are those of the event or the order line. */
export const productMatchSchema = z.strictObject({
  action: z.enum(['viewed', 'added', 'bought']),
  where: z.array(lineTest).max(segmentLimits.facts).default([]),
});
export type ProductMatch = z.infer<typeof productMatchSchema>;

/** `count`: times seen or added, lines bought; `distinct` products; `quantity` and `revenue` of what was bought. */
export const productMeasures = ['count', 'distinct', 'quantity', 'revenue', 'first', 'last'] as const;
export const productConditionSchema = z
  .strictObject({
    kind: z.literal('product'),
    match: productMatchSchema,
    measure: z.strictObject({ of: z.enum(productMeasures) }).default({ of: 'count' }),
    test: measureOrMomentTestSchema,
    window,
  })
  .refine(fits, misfit)
  .refine(({ match, measure }) => match.action === 'bought' || !['quantity', 'revenue'].includes(measure.of), {
    path: ['measure', 'of'],
    message: 'quantity and revenue are measured of what was bought',
  });

/**
 * Steps in order of time (events of the same millisecond in the order of the steps). `within`: at most so long after
 * the step before. A step with `not` forbids its event between its neighbours; as the last step it needs `within`, and
 * holds once that time has passed without the event.
 */
export const sequenceConditionSchema = z
  .strictObject({
    kind: z.literal('sequence'),
    steps: z
      .array(
        z.strictObject({ match: eventMatchSchema, not: z.boolean().default(false), within: durationSchema.optional() }),
      )
      .min(2)
      .max(segmentLimits.steps),
    sameProperty: name
      .optional()
      .meta({ description: 'Every step has the same, not empty, value of this property: `cart_id`' }),
    window,
  })
  .refine(({ steps }) => steps[0]?.not === false, {
    path: ['steps', 0],
    message: 'a sequence starts with something done',
  })
  .refine(({ steps }) => steps.every((step, index) => !step.not || steps[index + 1]?.not !== true), {
    path: ['steps'],
    message: 'two "not" steps cannot follow each other: name both events in one step',
  })
  .refine(
    ({ steps }) =>
      steps.every((step, index) => !step.not || (step.within !== undefined) === (index === steps.length - 1)),
    {
      path: ['steps'],
      message: 'a "not" step has `within` when it is the last one, and only then',
    },
  );

export const traitConditionSchema = z.strictObject({ kind: z.literal('trait'), trait: name, test: valueTestSchema });
export const consentConditionSchema = z.strictObject({
  kind: z.literal('consent'),
  purpose: name,
  is: z.enum(['granted', 'denied', 'unknown']),
});
export const identifierConditionSchema = z.strictObject({
  kind: z.literal('identifier'),
  namespace: name,
  present: z.boolean(),
});
/** When the customer was first seen. */
export const profileConditionSchema = z.strictObject({
  kind: z.literal('profile'),
  field: z.enum(['first_seen']),
  test: momentTestSchema,
});
/** Member of another segment, of any kind. */
export const segmentConditionSchema = z.strictObject({
  kind: z.literal('segment'),
  segment: z.string().min(1).max(40),
  member: z.boolean().default(true),
});
export const personaConditionSchema = z.strictObject({
  kind: z.literal('persona'),
  in: z.array(z.string().min(1).max(40)).min(1).max(20),
});
export const scoreConditionSchema = z.strictObject({
  kind: z.literal('score'),
  score: z.string().min(1).max(40),
  test: measureTestSchema,
});
/** A number foreseen of a buyer; whoever has none passes nothing. Probabilities are between 0 and 1, money in the base currency. */
export const predictionConditionSchema = z.strictObject({
  kind: z.literal('prediction'),
  field: z.enum(predictionNumberFields),
  test: measureTestSchema,
});
/** When the next order is expected; nobody without a date that means something. */
export const nextOrderConditionSchema = z.strictObject({ kind: z.literal('next_order'), test: dateTestSchema });
export const tierConditionSchema = z.strictObject({
  kind: z.literal('tier'),
  in: z.array(z.enum(valueTiers)).min(1).max(valueTiers.length),
});
export const channelConditionSchema = z.strictObject({
  kind: z.literal('preferred_channel'),
  in: z.array(z.enum(preferredChannels)).min(1).max(preferredChannels.length),
});
/** What a person is drawn to: one of these is among their first `places`. A category counts with what is below it. */
export const appetenceConditionSchema = z.strictObject({
  kind: z.literal('appetence'),
  dimension: z.enum(['category', 'brand']),
  in: z.array(name).min(1).max(50),
  places: z.number().int().min(1).max(appetencePlaces).default(3),
});
/** Among the people most like a segment, at the reach chosen there. */
export const lookalikeConditionSchema = z.strictObject({
  kind: z.literal('lookalike'),
  lookalike: z.string().min(1).max(40),
});
/** In a segment that a data partner says people are in, while it may be used: by consent or interest, and until its end. */
export const outsideConditionSchema = z.strictObject({
  kind: z.literal('outside'),
  provider: z.string().min(1).max(40).meta({ description: 'Key of the partner.' }),
  segment: z.string().min(1).max(120).meta({ description: 'The partner’s own name of the segment.' }),
});
/** The same people each time: a stable part of everybody. Another seed takes other people. */
export const sampleConditionSchema = z.strictObject({
  kind: z.literal('sample'),
  percent: z.number().gt(0).lte(100),
  seed: z.string().max(40).default(''),
});

const leaves = [
  traitConditionSchema,
  consentConditionSchema,
  identifierConditionSchema,
  profileConditionSchema,
  eventConditionSchema,
  orderConditionSchema,
  productConditionSchema,
  sequenceConditionSchema,
  segmentConditionSchema,
  personaConditionSchema,
  scoreConditionSchema,
  predictionConditionSchema,
  nextOrderConditionSchema,
  tierConditionSchema,
  channelConditionSchema,
  appetenceConditionSchema,
  lookalikeConditionSchema,
  outsideConditionSchema,
  sampleConditionSchema,
] as const;
const conditionSchema = z.discriminatedUnion('kind', leaves);
/** One condition: a leaf of the tree. */
export type SegmentCondition = z.infer<typeof conditionSchema>;
export type ConditionOf<K extends SegmentCondition['kind']> = Extract<SegmentCondition, { kind: K }>;

/** A segment: conditions joined by all, any and not. An empty `all` is everybody. */
export type SegmentNode =
  | { kind: 'all'; of: SegmentNode[] }
  | { kind: 'any'; of: SegmentNode[] }
  | { kind: 'not'; of: SegmentNode }
  | SegmentCondition;

type NodeSchema = z.ZodType<SegmentNode>;
const allSchema = z.strictObject({
  kind: z.literal('all'),
  get of(): z.ZodArray<NodeSchema> {
    return z.array(nodeSchema).max(segmentLimits.conditions);
  },
});
const anySchema = z.strictObject({
  kind: z.literal('any'),
  get of(): z.ZodArray<NodeSchema> {
    return z.array(nodeSchema).min(1).max(segmentLimits.conditions);
  },
});
const notSchema = z.strictObject({
  kind: z.literal('not'),
  get of(): NodeSchema {
    return nodeSchema;
  },
});
const nodeSchema: NodeSchema = z.discriminatedUnion('kind', [allSchema, anySchema, notSchema, ...leaves]);

/** Levels and conditions of a tree, counted without recursion: it may be anything. */
function measureTree(root: unknown): { depth: number; conditions: number } {
  let depth = 0;
  let conditions = 0;
  let level: unknown[] = [root];
  while (level.length > 0 && depth <= segmentLimits.depth && conditions <= segmentLimits.conditions) {
    depth += 1;
    const next: unknown[] = [];
    for (const node of level) {
      const of: unknown = typeof node === 'object' && node !== null && 'of' in node ? node.of : undefined;
      if (of === undefined) conditions += 1;
      else if (Array.isArray(of)) next.push(...of.slice(0, segmentLimits.conditions + 1));
      else next.push(of);
    }
    level = next;
  }
  return { depth, conditions };
}

/** A whole definition. Its size is checked before anything else, so that a hostile tree costs nothing. */
export const segmentDefinitionSchema = z.preprocess((given, context) => {
  const { depth, conditions } = measureTree(given);
  const message =
    depth > segmentLimits.depth
      ? `groups may stand in each other ${segmentLimits.depth} deep at most`
      : conditions > segmentLimits.conditions
        ? `a segment has ${segmentLimits.conditions} conditions at most`
        : null;
  if (message === null) return given;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}, nodeSchema);

/** A definition as an answer carries it. Answers are written, not read: what checks on the way in cannot run backwards. */
export const segmentTreeSchema = nodeSchema;

/** JSON Schema of a definition as it may be sent, for builders in other languages. */
export const describeSegmentDefinition = () => ({
  ...z.toJSONSchema(nodeSchema, { io: 'input', reused: 'ref' }),
  title: 'Segment definition',
  description: `Groups stand in each other ${segmentLimits.depth} deep at most, with ${segmentLimits.conditions} conditions in all.`,
});
