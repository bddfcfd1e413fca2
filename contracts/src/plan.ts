import { z } from 'zod';
import { instantSchema, pageOf } from './http.ts';

export const planModeSchema = z
  .enum(['allow', 'report', 'block'])
  .meta({ description: 'allow: not checked; report: kept and counted; block: dropped with the reason `plan`' });
export type PlanMode = z.infer<typeof planModeSchema>;

const eventName = z.string().min(1).max(200);
const jsonSchema = z
  .record(z.string(), z.unknown())
  .meta({ description: "JSON Schema (2020-12) of the event's properties" });

export const plannedEventRequestSchema = z.object({
  description: z.string().max(2_000).default(''),
  mode: planModeSchema.default('report'),
  schema: jsonSchema,
});
export type PlannedEventRequest = z.input<typeof plannedEventRequestSchema>;

export const plannedEventSchema = z
  .object({
    event: z.string(),
    description: z.string(),
    mode: planModeSchema,
    schema: jsonSchema,
    updatedAt: instantSchema,
    violations: z.int().meta({ description: 'Broken rules counted since the schema last changed' }),
    lastViolationAt: instantSchema.nullable(),
  })
  .meta({ id: 'PlannedEvent' });
export type PlannedEvent = z.infer<typeof plannedEventSchema>;
export const plannedEventPageSchema = pageOf(plannedEventSchema);
export const plannedEventParamsSchema = z.object({ event: eventName });

/** Why a schema was refused. */
export const planRefusals = {
  not_an_object: { en: 'A schema is a JSON object', fr: 'Un schéma est un objet JSON' },
  too_large: { en: 'Schema too large', fr: 'Schéma trop volumineux' },
  too_deep: { en: 'Schema nested too deep', fr: 'Schéma trop imbriqué' },
  wrong_draft: { en: 'Only draft 2020-12', fr: 'Seulement la version 2020-12' },
  unsupported_keyword: { en: 'Keyword not supported', fr: 'Mot-clé non pris en charge' },
  remote_reference: { en: 'Reference to another document', fr: 'Référence à un autre document' },
  missing_reference: { en: 'Reference to nothing', fr: 'Référence introuvable' },
  recursive_reference: { en: 'Reference in a circle', fr: 'Référence circulaire' },
  too_complex: { en: 'Too many checks for one event', fr: 'Trop de contrôles pour un événement' },
  bad_pattern: { en: 'Pattern not supported', fr: 'Expression régulière non prise en charge' },
  malformed: { en: 'Not a valid schema', fr: 'Schéma non valide' },
} as const satisfies Record<string, { en: string; fr: string }>;

export const planViolationSchema = z.object({
  event: z.string(),
  rule: z.string().meta({ description: 'JSON pointer and keyword', examples: ['/price minimum'] }),
  count: z.int(),
  firstAt: instantSchema,
  lastAt: instantSchema,
  lastMessageId: z.string(),
});
export type PlanViolation = z.infer<typeof planViolationSchema>;
export const planViolationPageSchema = pageOf(planViolationSchema);
export const planViolationQuerySchema = z.object({
  event: eventName.optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export const planQuerySchema = z.object({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

export const planInferRequestSchema = z.object({ event: eventName });
export const planInferResponseSchema = z.object({
  event: z.string(),
  examples: z.int().meta({ description: 'Received events the proposal was made from' }),
  schema: jsonSchema,
});
export type PlanProposal = z.infer<typeof planInferResponseSchema>;
