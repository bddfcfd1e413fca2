import { z } from 'zod';
import { instantSchema } from './http.ts';

/** Filters and columns of a list of the console, under a name, for one person. */
export const viewRequestSchema = z.object({
  list: z
    .string()
    .regex(/^[a-z][a-z-]{0,39}$/)
    .meta({ description: 'Which list: `customers`, `products`, `drops` …', examples: ['customers'] }),
  name: z.string().trim().min(1).max(60),
  search: z
    .record(z.string().max(40), z.union([z.string().max(500), z.boolean()]))
    .refine((search) => Object.keys(search).length <= 20, 'At most 20 filters.')
    .meta({ description: 'The filters, as they stand in the address of the list.' }),
  columns: z
    .record(z.string().max(40), z.boolean())
    .refine((columns) => Object.keys(columns).length <= 60, 'At most 60 columns.')
    .meta({ description: 'Columns shown or hidden other than by default.' }),
});
export type ViewRequest = z.infer<typeof viewRequestSchema>;
export const savedViewSchema = viewRequestSchema.extend({ id: z.int(), savedAt: instantSchema });
export type SavedView = z.infer<typeof savedViewSchema>;
export const savedViewListSchema = z.object({
  items: z.array(savedViewSchema).meta({ description: 'By name; at most 50 for each list.' }),
});
export const viewListQuerySchema = z.object({ list: z.string().max(40).optional() });
