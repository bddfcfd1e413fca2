import { z } from 'zod';

const instant = z.string().meta({ description: 'ISO 8601 instant in UTC' });

/** At most so many people are erased by one request. */
export const erasedAtOnceLimit = 10_000;
export const massErasureSchema = z.object({
  id: z.number().int(),
  state: z.enum(['running', 'done', 'cancelled']),
  people: z.number().int(),
  erased: z.number().int(),
  missing: z.number().int().meta({ description: 'Gone, or merged into another of them, before their turn' }),
  removed: z.record(z.string(), z.number().int()).meta({ description: 'Rows removed so far, by table' }),
  receipts: z
    .array(z.number().int())
    .meta({ description: 'Ids of the erasures it made, one for each few hundred people' }),
  requestedAt: instant,
  requestedBy: z.string(),
  finishedAt: instant.nullable(),
});
export type MassErasure = z.infer<typeof massErasureSchema>;
export const massErasureListSchema = z.object({ items: z.array(massErasureSchema) });
