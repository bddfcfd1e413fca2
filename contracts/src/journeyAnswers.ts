import { z } from 'zod';
import { instantSchema, pageOf } from './http.ts';
import { journeyTreeSchema } from './journeySteps.ts';
import { journeyDefinitionSchema } from './journeys.ts';

const count = z.number().int().min(0);
const anyDetail = z.record(z.string(), z.unknown());
const jsonObject = z.record(z.string(), z.json());
const journeyName = z.string().trim().min(1).max(120);

/**
 * `draft`: never started. `live`: people come and go on. `paused`: nobody comes, nobody goes on; who was due goes on after.
 * `draining`: nobody comes, those inside go on. `archived`: at rest.
 */
export const journeyStateSchema = z.enum(['draft', 'live', 'paused', 'draining', 'archived']);
export type JourneyState = z.infer<typeof journeyStateSchema>;

/** Why somebody did not enter. Closed: the console explains each one. */
export const notEnteredReasons = [
  /** What begins the journey never happened to this person. */
  'no_trigger',
  /** It happened before the journey was started. */
  'before_start',
  /** It happened, but not as the journey asks. */
  'conditions',
  /** The person was not among those the journey is for. */
  'audience',
  /** The event has no value for the key. */
  'no_key',
  /** A run for this person (and key) is under way. */
  'already_in',
  /** The person (and key) had a run before, and may not come again, or not yet. */
  'not_again',
  /** The news came so late that acting on it would be odd. */
  'too_late',
  /** The journey was paused, drained or archived. */
  'not_live',
  /** The journeys the audience refers to could not be asked. */
  'cannot_ask',
] as const;
export const notEnteredReasonSchema = z.enum(notEnteredReasons);
export type NotEnteredReason = z.infer<typeof notEnteredReasonSchema>;

/** Why a run ended. */
export const runEndReasons = [
  'finished',
  'goal',
  'exit_rule',
  'merged',
  'drained',
  'erased',
  'step_gone',
  'archived',
] as const;
export const runEndReasonSchema = z.enum(runEndReasons);
export type RunEndReason = z.infer<typeof runEndReasonSchema>;

export const journeyInputSchema = z.strictObject({
  name: journeyName,
  description: z.string().max(1_000).default(''),
  definition: journeyDefinitionSchema,
});

export const journeyChangeSchema = journeyInputSchema.extend({
  basedOn: z.number().int().positive().optional().meta({
    description: 'The version that was edited: refused with `communicate.journey_changed` when a newer one is there',
  }),
  inFlight: z.enum(['stay', 'migrate']).default('stay').meta({
    description:
      '`stay`: people inside finish the version they are in. `migrate`: they go on in the new one, at the step of the same name; whoever stands at a step that is gone leaves',
  }),
});

export const journeySavedSchema = z.object({ id: z.string(), version: count });

const people = z.object({
  inside: count,
  entered: count,
  finished: count,
  goal: count,
  holdout: count,
  holdoutGoal: count,
});

export const journeySummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  state: journeyStateSchema,
  version: count,
  trigger: z.string().meta({ description: 'Kind of what begins it' }),
  people,
  startedAt: instantSchema.nullable(),
  updatedAt: instantSchema,
});
export type JourneySummary = z.infer<typeof journeySummarySchema>;
export const journeyListSchema = pageOf(journeySummarySchema);

export const journeyDetailSchema = journeySummarySchema.extend({
  definition: journeyTreeSchema,
  nodes: z
    .record(z.string(), z.object({ waiting: count, passed: count, held: count }))
    .meta({ description: 'By step: who is there now, who went through, messages that did not go out' }),
  edges: z.array(z.object({ from: z.string(), to: z.string(), way: z.string(), passed: count })),
  notEntered: z.array(z.object({ reason: notEnteredReasonSchema, people: count })),
  versions: z.array(z.object({ version: count, at: instantSchema, by: z.string(), inside: count })),
  missing: z
    .array(z.object({ node: z.string(), what: z.enum(['template', 'list', 'offer', 'journey', 'segment']) }))
    .meta({ description: 'What has to be chosen before it can start' }),
  at: instantSchema.meta({ description: 'The numbers are of this moment' }),
});
export type JourneyDetail = z.infer<typeof journeyDetailSchema>;

export const traceStepSchema = z.object({
  at: instantSchema,
  node: z.string(),
  kind: z.string(),
  outcome: z.string().meta({
    description:
      'entered, queued, waits, waited, happened, timed_out, branch, updated, listed, coupon, no_coupon, sent_on, goal, migrated, ended, fault',
  }),
  to: z.string().nullable(),
  detail: anyDetail,
  message: z
    .object({ id: z.string(), state: z.string(), reason: z.string().nullable(), detail: z.string() })
    .nullable()
    .meta({ description: 'What became of the message, as it stands now' }),
});
export type TraceStep = z.infer<typeof traceStepSchema>;

export const journeyRunSchema = z.object({
  id: z.string(),
  journey: z.object({ id: z.string(), name: z.string() }),
  version: count,
  key: z.string(),
  state: z.enum(['active', 'holdout', 'done']),
  node: z.string().nullable(),
  dueAt: instantSchema.nullable(),
  enteredAt: instantSchema,
  goalAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  reason: runEndReasonSchema.nullable(),
  steps: z.array(traceStepSchema),
});
export type JourneyRun = z.infer<typeof journeyRunSchema>;

export const journeyTraceSchema = z.object({
  runs: z.array(journeyRunSchema),
  notEntered: z
    .object({ reason: notEnteredReasonSchema, at: instantSchema.nullable(), detail: anyDetail })
    .nullable()
    .meta({ description: 'Why not, the last time; null when every time it happened the person entered' }),
});
export type JourneyTrace = z.infer<typeof journeyTraceSchema>;

export const profileJourneysSchema = z.object({ items: z.array(journeyRunSchema) });

export const nodePeopleSchema = pageOf(
  z.object({
    profile: z.string(),
    run: z.string(),
    key: z.string(),
    since: instantSchema,
    dueAt: instantSchema.nullable(),
  }),
);

export const dryRunInputSchema = z.strictObject({
  profile: z.string().max(40),
  definition: journeyDefinitionSchema.optional().meta({ description: 'Not saved yet; without it the newest version' }),
  at: instantSchema.optional().meta({ description: 'When it begins; without it now' }),
  event: jsonObject.default({}).meta({ description: 'Properties of the event that begins it' }),
  events: z
    .array(
      z.strictObject({
        type: z.enum(['track', 'page', 'screen', 'message']).default('track'),
        event: z.string().max(200),
        at: instantSchema,
        properties: jsonObject.default({}),
      }),
    )
    .max(100)
    .default([])
    .meta({ description: 'What happens later' }),
});
export type DryRunInput = z.input<typeof dryRunInputSchema>;

export const dryRunSchema = z.object({
  enters: z.boolean(),
  reason: notEnteredReasonSchema.nullable(),
  steps: z.array(
    z.object({
      at: instantSchema,
      node: z.string(),
      kind: z.string(),
      outcome: z.string(),
      to: z.string().nullable(),
      detail: anyDetail,
    }),
  ),
  ended: z.string().nullable(),
});
export type DryRun = z.infer<typeof dryRunSchema>;

export const enterJourneySchema = z.strictObject({
  profile: z.string().max(40),
  key: z.string().max(200).default('').meta({ description: 'For journeys with a key' }),
  properties: jsonObject.default({}),
});

export const readyJourneySchema = z.object({
  key: z.string(),
  name: z.object({ en: z.string(), fr: z.string() }),
  description: z.object({ en: z.string(), fr: z.string() }),
  definition: journeyTreeSchema,
  labels: z
    .record(z.string(), z.object({ en: z.string(), fr: z.string() }))
    .meta({ description: 'What its steps are called' }),
  templates: z
    .record(z.string(), z.string())
    .meta({ description: 'By message step, the ready-made template it begins with' }),
});
export type ReadyJourney = z.infer<typeof readyJourneySchema>;
export const readyJourneyListSchema = z.object({ items: z.array(readyJourneySchema) });

export const testClockSchema = z.strictObject({ now: instantSchema });
