import { z } from 'zod';
import { profileSummarySchema } from './unify.ts';

const instant = z.string().meta({ description: 'ISO 8601 instant in UTC' });
const money = z.number().meta({ description: 'Amount with up to four decimals' });

/** What the list of customers can be sorted by. Who has no value (no name, no order) comes last in both directions. */
export const profileSorts = ['created', 'name', 'firstSeen', 'lastSeen', 'orders', 'revenue', 'lastOrder'] as const;
export const profileSortSchema = z.enum(profileSorts);
export type ProfileSort = z.infer<typeof profileSortSchema>;

export const profileListItemSchema = z.object({
  ...profileSummarySchema.shape,
  orders: z.number().int().nullable().meta({ description: 'Orders that count; null without one' }),
  revenue: money.nullable().meta({ description: 'Less refunds, in the base currency; null without an order' }),
  lastOrderAt: instant.nullable(),
});
export type ProfileListItem = z.infer<typeof profileListItemSchema>;
export const profileListSchema = z.object({
  items: z.array(profileListItemSchema),
  next: z.string().nullable().meta({ description: 'Pass as `after` to get the next page; null at the end' }),
  total: z.number().int().optional().meta({ description: 'With `where`, on the first page: how many pass it' }),
});
