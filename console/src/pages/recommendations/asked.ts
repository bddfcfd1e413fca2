import { z } from 'zod';

/** A number typed into the address is a text like any other. */
const typed = z
  .union([z.string(), z.number().transform(String), z.boolean().transform(String)])
  .optional()
  .catch(undefined);

/** What the page tries out, as it stands in its address. */
export const askedSchema = z.object({
  tab: z.enum(['preview', 'rules', 'quality', 'settings']).optional().catch(undefined),
  profile: typed,
  product: typed,
  query: typed,
  strategy: typed,
  site: typed,
  category: typed,
  brand: typed,
  minPrice: typed,
  maxPrice: typed,
  inStock: typed,
  mySize: typed,
  newFirst: typed,
  notBoughtDays: typed,
  brandCap: typed,
});
export type Asked = z.infer<typeof askedSchema>;
