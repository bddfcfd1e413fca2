import { z } from 'zod';
import { channelSchema, purposeSchema } from './channels.ts';
import { experienceKeySchema } from './experiences.ts';
import { segmentTreeSchema } from './segmentDefinition.ts';
import { durationUnits } from './segmentTests.ts';

/** What one journey may hold: bounds what it can cost. */
export const journeyLimits = { nodes: 100, branches: 10, conditions: 20, exits: 10, text: 500 } as const;

const name = z.string().min(1).max(200);
const nodeId = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/)
  .meta({ description: 'Small letters, digits and _; unique in the journey and kept for ever' });
const hour = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .meta({ description: 'Local hour of the person, 24 h: `09:30`' });
const path = z
  .string()
  .min(1)
  .max(200)
  .meta({ description: 'A place in the event: `properties.cart_id`, `properties.products.0.product_id`' });

/** A length of time. Minutes and hours are exact; days and longer keep the hour of the person's clock. */
export const journeyDurationSchema = z.strictObject({
  n: z.number().int().min(1).max(10_000),
  unit: z.enum(durationUnits).exclude(['year']),
});
export type JourneyDuration = z.infer<typeof journeyDurationSchema>;

export const factOps = [
  'is',
  'is_not',
  'contains',
  'starts',
  'in',
  'gt',
  'gte',
  'lt',
  'lte',
  'present',
  'missing',
] as const;
const scalar = z.union([z.string().max(journeyLimits.text), z.number(), z.boolean()]);

/** One fact about an event. Compared with a value, or with what this run knows: `{"run": "event.properties.cart_id"}`. */
export const eventFactSchema = z
  .strictObject({
    path,
    op: z.enum(factOps),
    value: scalar.optional(),
    values: z.array(scalar).min(1).max(100).optional(),
    run: z
      .string()
      .max(200)
      .optional()
      .meta({ description: 'A place in the run: `event.…` is what began it, `events.<wait>.…` what ended a wait' }),
  })
  .refine(
    ({ op, value, values, run }) =>
      ['present', 'missing'].includes(op)
        ? value === undefined && values === undefined && run === undefined
        : op === 'in'
          ? values !== undefined && value === undefined && run === undefined
          : (value === undefined) !== (run === undefined) && values === undefined,
    {
      message:
        '`present` and `missing` stand alone, `in` takes `values`, every other test either `value` or `run`, not both',
    },
  );
export type EventFact = z.infer<typeof eventFactSchema>;

const where = z.array(eventFactSchema).max(journeyLimits.conditions).default([]);

/** An event by type and exact name. `message`: what became of a message, such as `Email Link Clicked`. */
export const journeyEventSchema = z.strictObject({
  type: z.enum(['track', 'page', 'screen', 'message']).default('track'),
  event: name,
  where,
});
export type JourneyEvent = z.infer<typeof journeyEventSchema>;

const segmentId = z.string().min(1).max(40);

export const journeyTriggerSchema = z.discriminatedUnion('kind', [
  journeyEventSchema.extend({ kind: z.literal('event') }),
  z.strictObject({ kind: z.literal('segment'), segment: segmentId, on: z.enum(['enter', 'exit']) }),
  z.strictObject({
    kind: z.literal('date'),
    trait: name,
    yearly: z.boolean().default(true),
    days: z.number().int().min(-365).max(365).default(0).meta({ description: 'So many days after; negative: before' }),
    hour: hour.default('09:00'),
  }),
  z.strictObject({
    kind: z.literal('schedule'),
    every: z.discriminatedUnion('unit', [
      z.strictObject({ unit: z.literal('once'), date: z.iso.date() }),
      z.strictObject({ unit: z.literal('day') }),
      z.strictObject({
        unit: z.literal('week'),
        day: z.number().int().min(1).max(7).meta({ description: '1: Monday' }),
      }),
      z.strictObject({ unit: z.literal('month'), day: z.number().int().min(1).max(28) }),
    ]),
    hour: hour.default('09:00'),
  }),
  z.strictObject({
    kind: z.literal('product'),
    change: z.enum(['back_in_stock', 'price_drop']),
    interest: z
      .strictObject({
        events: z.array(name).min(1).max(20),
        within: journeyDurationSchema,
      })
      .meta({ description: 'Whoever did one of these with the product (or its size) so recently' }),
  }),
  z.strictObject({ kind: z.literal('api') }),
]);
export type JourneyTrigger = z.infer<typeof journeyTriggerSchema>;

export const journeyEntrySchema = z.strictObject({
  audience: segmentTreeSchema.optional().meta({ description: 'Only people of whom this is true when they come' }),
  key: path.optional().meta({
    description: 'One run per value of this place in the event (one per cart); without it one run per person',
  }),
  again: z
    .union([z.literal('never'), z.literal('always'), z.strictObject({ after: journeyDurationSchema })])
    .default('always')
    .meta({ description: 'Whether a person (and key) whose run ended may come again. Two at once are never' }),
  holdout: z.number().min(0).max(50).default(0).meta({ description: 'Per cent who get nothing, to compare with' }),
  perHour: z.number().int().min(1).max(1_000_000).optional().meta({
    description: 'At most so many people an hour; the others wait at the door, in order',
  }),
});
export type JourneyEntry = z.infer<typeof journeyEntrySchema>;

/** A value as it stands, or taken from the run. */
const runValue = z.union([scalar, z.strictObject({ run: z.string().max(200) })]);
export type RunValue = z.infer<typeof runValue>;

const waitForSchema = z.discriminatedUnion('kind', [
  journeyDurationSchema.extend({ kind: z.literal('duration') }),
  z.strictObject({
    kind: z.literal('date'),
    at: z.union([
      z.strictObject({ fixed: z.iso.datetime({ offset: true }) }),
      z.strictObject({ trait: name }),
      z.strictObject({ run: z.string().max(200) }),
    ]),
    days: z.number().int().min(-365).max(365).default(0),
    hour: hour.optional(),
  }),
  z.strictObject({
    kind: z.literal('hour'),
    hour,
    weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7).optional().meta({ description: '1: Monday' }),
  }),
  journeyEventSchema.extend({
    kind: z.literal('event'),
    timeout: journeyDurationSchema,
    otherwise: nodeId.meta({ description: 'Where to when the time is over' }),
  }),
]);
export type WaitFor = z.infer<typeof waitForSchema>;

const branchName = z.string().max(80).default('');
const splitSchema = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('condition'),
    branches: z
      .array(z.strictObject({ name: branchName, if: segmentTreeSchema, next: nodeId }))
      .min(1)
      .max(journeyLimits.branches),
    otherwise: nodeId,
  }),
  z.strictObject({
    by: z.literal('run'),
    branches: z
      .array(z.strictObject({ name: branchName, where: z.array(eventFactSchema).min(1).max(20), next: nodeId }))
      .min(1)
      .max(journeyLimits.branches)
      .meta({ description: 'Facts about this run: `{"path": "event.properties.value", "op": "gte", "value": 100}`' }),
    otherwise: nodeId,
  }),
  z.strictObject({
    by: z.literal('message'),
    message: nodeId.meta({ description: 'A message step of this journey' }),
    was: z.enum(['sent', 'delivered', 'opened', 'clicked', 'bounced', 'skipped']),
    yes: nodeId,
    no: nodeId,
  }),
  z.strictObject({
    by: z.literal('random'),
    branches: z
      .array(z.strictObject({ name: branchName, weight: z.number().min(0).max(1_000), next: nodeId }))
      .min(2)
      .max(journeyLimits.branches),
    winner: z
      .strictObject({ after: z.number().int().min(10).max(1_000_000) })
      .optional()
      .meta({ description: 'Once so many people took each branch, all take the one that reaches the goal most often' }),
  }),
  z.strictObject({
    by: z.literal('experiment'),
    experiment: experienceKeySchema.meta({ description: 'Key of an experiment on journeys' }),
    branches: z
      .array(z.strictObject({ name: branchName, variation: experienceKeySchema, next: nodeId }))
      .min(1)
      .max(journeyLimits.branches)
      .meta({ description: 'Where those go who are given this variation' }),
    otherwise: nodeId.meta({ description: 'For whoever is not in it: held out, not covered, or it does not run' }),
  }),
]);
export type Split = z.infer<typeof splitSchema>;

const label = z.string().max(80).optional().meta({ description: 'What people read on the step' });

export const journeyNodeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('message'),
    label,
    channel: channelSchema,
    template: z.string().max(40).meta({ description: "The template's id; '' while it is not chosen" }),
    purpose: purposeSchema.default('marketing'),
    transactional: z.boolean().default(false),
    priority: z.number().int().min(-100).max(100).default(0),
    next: nodeId,
  }),
  z.strictObject({ kind: z.literal('wait'), label, until: waitForSchema, next: nodeId }),
  z.strictObject({ kind: z.literal('split'), label, split: splitSchema }),
  z.strictObject({
    kind: z.literal('update'),
    label,
    traits: z
      .array(z.strictObject({ trait: name, op: z.enum(['set', 'add']).default('set'), value: runValue }))
      .min(1)
      .max(20)
      .meta({ description: '`add` counts a number up, such as a score' }),
    next: nodeId,
  }),
  z.strictObject({ kind: z.literal('list'), label, list: segmentId, change: z.enum(['add', 'remove']), next: nodeId }),
  z.strictObject({ kind: z.literal('coupon'), label, offer: z.string().max(40), next: nodeId }),
  z.strictObject({
    kind: z.literal('webhook'),
    label,
    url: z.url({ protocol: /^https?$/ }).max(2_000),
    template: z.string().max(40).meta({ description: 'A template of the channel webhook: the body' }),
    next: nodeId,
  }),
  z.strictObject({ kind: z.literal('journey'), label, journey: z.string().max(40), next: nodeId }),
  z.strictObject({ kind: z.literal('exit'), label }),
]);
export type JourneyNode = z.infer<typeof journeyNodeSchema>;
export type JourneyNodeKind = JourneyNode['kind'];

/** What ends a run early, or what it is for. */
const happening = z.discriminatedUnion('kind', [
  journeyEventSchema.extend({ kind: z.literal('event') }),
  z.strictObject({ kind: z.literal('segment'), segment: segmentId, on: z.enum(['enter', 'exit']) }),
]);
export type JourneyHappening = z.infer<typeof happening>;

/** A journey as an answer carries it: checked when it came in. */
export const journeyTreeSchema = z.strictObject({
  trigger: journeyTriggerSchema,
  entry: journeyEntrySchema.prefault({}),
  start: nodeId,
  nodes: z.record(nodeId, journeyNodeSchema),
  goal: z
    .strictObject({
      when: happening,
      within: journeyDurationSchema.default({ n: 30, unit: 'day' }),
      exit: z.boolean().default(true),
    })
    .optional()
    .meta({ description: 'What the journey is for: counted within this time of entering, for the holdout as well' }),
  exits: z
    .array(happening)
    .max(journeyLimits.exits)
    .default([])
    .meta({ description: 'Whatever happens first ends the run' }),
});
export type JourneyDefinition = z.infer<typeof journeyTreeSchema>;
export type JourneyDefinitionInput = z.input<typeof journeyTreeSchema>;
