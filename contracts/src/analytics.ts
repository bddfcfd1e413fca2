import { z } from 'zod';

/** Figures of the whole workspace, as of now. */
export const statsSchema = z.object({
  profiles: z.number().int().meta({ description: 'People: joined profiles count once' }),
  identified: z.number().int().meta({ description: 'People known by more than an anonymous id' }),
  identifiers: z.number().int(),
  merges: z.number().int().meta({ description: 'Live merges' }),
  events: z.number().int(),
  orders: z.number().int(),
  revenue: z.number().meta({ description: 'Orders less refunds, without cancelled orders, in the base currency' }),
  currency: z.string(),
  refunded: z.number(),
  ordersWithoutRate: z
    .number()
    .int()
    .meta({ description: 'Orders whose currency has no exchange rate: in `orders`, not in `revenue`' }),
  ordersWithoutCustomer: z.number().int(),
  revenueByCurrency: z.array(z.object({ currency: z.string(), orders: z.number().int(), revenue: z.number() })),
  products: z.number().int(),
  at: z.string(),
});
export type Stats = z.infer<typeof statsSchema>;

export const overviewQuerySchema = z.object({
  from: z.iso
    .date()
    .optional()
    .meta({ description: 'First day, in the time zone of the workspace; default 30 days ago' }),
  to: z.iso.date().optional().meta({ description: 'Last day; default today' }),
  site: z.string().optional(),
});

/** One row per day; every number is of that day alone. */
export const overviewSchema = z.object({
  from: z.string(),
  to: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  at: z.string().meta({ description: 'When the numbers were taken' }),
  days: z.array(
    z.object({
      day: z.string(),
      visitors: z.number().int().meta({ description: 'People with at least one page or screen view, robots left out' }),
      orders: z.number().int(),
      revenue: z.number(),
      newCustomers: z.number().int().meta({ description: 'People who ordered for the first time' }),
      newProfiles: z.number().int().meta({ description: 'People seen for the first time' }),
      mergedProfiles: z.number().int().meta({ description: 'Profiles joined into another' }),
    }),
  ),
  previous: z
    .object({
      visitors: z.number().int(),
      orders: z.number().int(),
      revenue: z.number(),
      newCustomers: z.number().int(),
    })
    .meta({ description: 'Totals of as many days just before, for comparison' }),
  totals: z.object({
    visitors: z.number().int(),
    orders: z.number().int(),
    revenue: z.number(),
    newCustomers: z.number().int(),
  }),
});
export type Overview = z.infer<typeof overviewSchema>;
