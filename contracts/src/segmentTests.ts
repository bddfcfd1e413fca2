import { z } from 'zod';

/** What one definition may hold: bounds what it can cost. */
export const segmentLimits = {
  /** Conditions of one definition, those of referenced segments counted with it. */
  conditions: 200,
  /** Groups within groups. */
  depth: 10,
  text: 500,
  list: 1_000,
  steps: 10,
  /** Facts asked of one event, order or product. */
  facts: 20,
} as const;

const text = z.string().max(segmentLimits.text);
const texts = z.array(text.min(1)).min(1).max(segmentLimits.list);
const number = z.number().finite();
const instant = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .meta({ description: 'A day (its start, in the time zone of the workspace) or an instant with its offset' });

export const durationUnits = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
export const durationUnitSchema = z.enum(durationUnits);
export type DurationUnit = z.infer<typeof durationUnitSchema>;

const durationShape = { n: z.number().int().min(1).max(10_000), unit: durationUnitSchema };
/** An exact length of time: a month is 30 days, a year 365. */
export const durationSchema = z.strictObject(durationShape);
export type Duration = z.infer<typeof durationSchema>;

/** When something happened. `last` rolls with the clock. */
export const timeWindowSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ever') }),
  z.strictObject({ kind: z.literal('last'), ...durationShape }),
  z.strictObject({ kind: z.literal('since'), from: instant }),
  z.strictObject({ kind: z.literal('between'), from: instant, to: instant.meta({ description: 'Not included' }) }),
]);
export type TimeWindow = z.infer<typeof timeWindowSchema>;

/**
 * Text is compared without regard to case. The negative tests are the exact opposite of the positive ones: they hold for
 * whoever has no value.
 */
export const textTestSchema = z.discriminatedUnion('op', [
  z.strictObject({ type: z.literal('text'), op: z.enum(['is', 'is_not']), value: text }),
  z.strictObject({
    type: z.literal('text'),
    op: z.enum(['contains', 'not_contains', 'starts', 'ends']),
    value: text.min(1),
  }),
  z.strictObject({ type: z.literal('text'), op: z.enum(['in', 'not_in']), values: texts }),
  z.strictObject({
    type: z.literal('text'),
    op: z.literal('matches').meta({ description: 'A regular expression in RE2 syntax, found anywhere in the text' }),
    value: text.min(1).max(200),
  }),
]);
export type TextTest = z.infer<typeof textTestSchema>;

export const comparisons = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte'] as const;
export type Comparison = (typeof comparisons)[number];

/** A text that is a number is compared as one; what is no number passes nothing, not even `ne`. */
export const numberTestSchema = z.discriminatedUnion('op', [
  z.strictObject({ type: z.literal('number'), op: z.enum(comparisons), value: number }),
  z.strictObject({
    type: z.literal('number'),
    op: z.literal('between').meta({ description: 'Both ends included' }),
    from: number,
    to: number,
  }),
]);
export type NumberTest = z.infer<typeof numberTestSchema>;

/** A value that is no date passes nothing. */
export const dateTestSchema = z.discriminatedUnion('op', [
  z.strictObject({ type: z.literal('date'), op: z.enum(['before', 'after']), value: instant }),
  z.strictObject({ type: z.literal('date'), op: z.literal('on'), value: z.iso.date() }),
  z.strictObject({ type: z.literal('date'), op: z.literal('between'), from: instant, to: instant }),
  z.strictObject({
    type: z.literal('date'),
    op: z.enum(['in_last', 'not_in_last', 'in_next']).meta({ description: '`not_in_last`: longer ago than that' }),
    ...durationShape,
  }),
  z.strictObject({
    type: z.literal('date'),
    op: z.literal('anniversary').meta({
      description: 'Day and month come round between `after` days ago and `before` days ahead, today included',
    }),
    before: z.number().int().min(0).max(180),
    after: z.number().int().min(0).max(180),
  }),
]);
export type DateTest = z.infer<typeof dateTestSchema>;

/** `true`, `1`, `yes` and `false`, `0`, `no`; anything else passes nothing. */
export const booleanTestSchema = z.strictObject({
  type: z.literal('boolean'),
  op: z.literal('is'),
  value: z.boolean(),
});

/** Items are compared like text. A value that is no list counts as a list of one. */
export const listTestSchema = z.strictObject({
  type: z.literal('list'),
  op: z.enum(['has_any', 'has_all', 'has_none']),
  values: texts,
});

export const existsTestSchema = z.strictObject({ type: z.literal('any'), op: z.enum(['exists', 'not_exists']) });

/** A test of one value, of a trait or of a property. */
export const valueTestSchema = z.discriminatedUnion('type', [
  textTestSchema,
  numberTestSchema,
  dateTestSchema,
  booleanTestSchema,
  listTestSchema,
  existsTestSchema,
]);
export type ValueTest = z.infer<typeof valueTestSchema>;

const numberTests = [
  z.strictObject({ op: z.enum(comparisons), value: number }),
  z.strictObject({ op: z.literal('between').meta({ description: 'Both ends included' }), from: number, to: number }),
] as const;
const momentTests = [
  z.strictObject({ op: z.enum(['before', 'after']), value: instant }),
  z.strictObject({ op: z.enum(['in_last', 'not_in_last']), ...durationShape }),
] as const;

/** How a measured number is compared. */
export const measureTestSchema = z.discriminatedUnion('op', [...numberTests]);
export type MeasureTest = z.infer<typeof measureTestSchema>;
/** How a point in time (of the first or last match, of a profile's creation) is compared. */
export const momentTestSchema = z.discriminatedUnion('op', [...momentTests]);
export type MomentTest = z.infer<typeof momentTestSchema>;
export const measureOrMomentTestSchema = z.discriminatedUnion('op', [...numberTests, ...momentTests]);

const momentOps: ReadonlySet<string> = new Set(['before', 'after', 'in_last', 'not_in_last']);
export const isMomentTest = (test: MeasureTest | MomentTest): test is MomentTest => momentOps.has(test.op);
