import { z } from 'zod';
import { instantSchema, pageOf } from './http.ts';

const counts = z.record(z.string(), z.int());

export const dataHealthQuerySchema = z.object({
  days: z.coerce.number().int().min(1).max(90).default(14).meta({ description: 'Days back, today included (UTC)' }),
});

export const dataHealthSourceSchema = z.object({
  sourceId: z.int(),
  name: z.string(),
  family: z.string(),
  archived: z.boolean(),
  lastEventAt: instantSchema.nullable(),
  freshnessSeconds: z.int().nullable().meta({ description: 'Age of the last event; null when none ever came' }),
  accepted: z.int(),
  violations: z.int(),
  dropped: counts.meta({ description: 'By reason' }),
  refused: counts.meta({ description: 'By reason: turned away at the door, never accepted' }),
  days: z.array(
    z.object({
      day: z.string(),
      accepted: z.int(),
      violations: z.int(),
      dropped: counts,
      refused: counts,
    }),
  ),
});
export const dataHealthSchema = z
  .object({
    from: z.string().meta({ description: 'First day' }),
    to: z.string().meta({ description: 'Last day, today' }),
    backlog: z.int().meta({ description: 'Events accepted and not yet worked on' }),
    sources: z.array(dataHealthSourceSchema),
  })
  .meta({ id: 'DataHealth' });
export type DataHealth = z.infer<typeof dataHealthSchema>;

/** Why an accepted record was not kept, for people. */
export const dropReasonTexts = {
  invalid: { en: 'Not a valid call', fr: 'Appel non valide' },
  plan: { en: 'Blocked by the tracking plan', fr: 'Bloqué par le plan de marquage' },
  duplicate: { en: 'Received before', fr: 'Déjà reçu' },
  no_identifier: { en: 'Nothing says whose it is', fr: "Rien n'indique de qui il s'agit" },
  erased: { en: 'Of an erased person', fr: "D'une personne effacée" },
  failed: {
    en: 'Failed again and again; replay it once the fault is mended',
    fr: 'Échec répété ; à rejouer une fois la panne réparée',
  },
} as const satisfies Record<string, { en: string; fr: string }>;

export const dropSchema = z
  .object({
    id: z.string(),
    at: instantSchema,
    reason: z.string(),
    detail: z.string(),
    sourceId: z.int(),
    type: z.string(),
    event: z.string(),
    messageId: z.string().nullable().meta({ description: 'Null without `personal.read`' }),
    replayed: z.boolean(),
    raw: z.string().nullable().meta({ description: 'The record as it came, JSON text. Null without `personal.read`' }),
  })
  .meta({ id: 'DroppedRecord' });
export type DroppedRecord = z.infer<typeof dropSchema>;
export const dropPageSchema = pageOf(dropSchema);

const dropFilter = {
  reason: z.string().max(60).optional(),
  sourceId: z.coerce.number().int().positive().optional(),
  event: z.string().max(200).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
};
export const dropQuerySchema = z.object({
  ...dropFilter,
  replayed: z.enum(['true', 'false']).optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const replayRequestSchema = z.union([
  z.object({ ids: z.array(z.string().min(1).max(100)).min(1).max(1_000) }),
  z.object({ filter: z.object(dropFilter) }).meta({ description: 'All dropped records it fits, oldest first' }),
]);
export type ReplayRequest = z.input<typeof replayRequestSchema>;
export const replayResponseSchema = z.object({
  replayed: z.int().meta({ description: 'Records put back at the beginning of the pipeline' }),
  skipped: z.int().meta({ description: 'Replayed before, or not there' }),
  more: z.boolean().meta({ description: 'The filter fits more: ask again' }),
});
export type ReplayOutcome = z.infer<typeof replayResponseSchema>;

/** One event of the live stream. `profileId` and `messageId` are null without `personal.read`. */
export const liveEventSchema = z.object({
  at: z.string(),
  type: z.string(),
  event: z.string(),
  sourceId: z.int(),
  profileId: z.string().nullable(),
  messageId: z.string().nullable(),
});
export type LiveEvent = z.infer<typeof liveEventSchema>;

export const liveQuerySchema = z.object({
  sourceId: z.coerce.number().int().positive().optional(),
  type: z.enum(['identify', 'track', 'page', 'screen', 'group', 'alias']).optional(),
  event: z.string().max(200).optional().meta({ description: 'Exact name of the event or page' }),
});
