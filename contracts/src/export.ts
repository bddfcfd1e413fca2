import { z } from 'zod';

export const exportFormatSchema = z
  .enum(['parquet', 'ndjson'])
  .meta({ description: 'Parquet for engines and notebooks, NDJSON (one JSON object per line) for programs' });
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** What can be exported; each has the route `/api/v1/export/<name>`. */
export const exportNames = [
  'events',
  'dropped-events',
  'profiles',
  'orders',
  'order-lines',
  'products',
  'product-prices',
] as const;
export const exportNameSchema = z.enum(exportNames);
export type ExportName = z.infer<typeof exportNameSchema>;

const moment = z.union([z.iso.datetime(), z.iso.date()]);

export const exportQuerySchema = z.object({ format: exportFormatSchema.default('parquet') });
export const exportRangeQuerySchema = exportQuerySchema.extend({
  from: moment.optional().meta({ description: 'From this instant or UTC day on' }),
  to: moment.optional().meta({ description: 'Before this instant or UTC day' }),
});
export const exportEventsQuerySchema = exportRangeQuerySchema.extend({
  by: z.enum(['happened', 'received']).default('happened').meta({
    description: 'Which time `from` and `to` mean. With `received`, one export after the other misses no late event.',
  }),
});
