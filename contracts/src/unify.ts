import { z } from 'zod';

const instant = z.string().meta({ description: 'ISO 8601 instant in UTC' });
/** JSON as it came from the customer's systems. */
const json = z.unknown();
/**
 * The same, known to be an object. Not `z.record`, which leaves out a key called `__proto__`: what was sent is shown as it was.
 */
const jsonObject = z
  .custom<Readonly<Record<string, unknown>>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'must be an object',
  )
  .meta({ type: 'object', additionalProperties: {} });
const money = z.number().meta({ description: 'Amount with up to four decimals' });
const cursor = z
  .string()
  .nullable()
  .meta({ description: 'Pass as `after` (or `before` for events) to get the next page; null at the end' });

export const identifierSchema = z.object({
  namespace: z.string(),
  value: z.string().meta({ description: 'Normalised: lower-case e-mail, E.164 phone' }),
  raw: z.string().meta({ description: 'As it came' }),
  shared: z.boolean().meta({ description: 'On many people at once (a landline): kept for search, never joins' }),
  source: z.number().int(),
  firstSeenAt: instant,
  lastSeenAt: instant,
});

export const traitSchema = z.object({
  value: json,
  raw: json.optional().meta({ description: 'As it came, when that differs from the normal form' }),
  source: z.number().int().meta({ description: 'Id of the source that stated it' }),
  at: instant,
  problem: z.string().optional().meta({
    description: 'Why the value is not in normal form: invalid_email, invalid_phone, invalid_date, invalid_postal_code',
  }),
  former: z.array(z.object({ value: json, source: z.number().int(), at: instant, replacedAt: instant })).optional(),
});

export const consentSchema = z.object({ granted: z.boolean(), at: instant, source: z.number().int() });

export const totalsSchema = z.object({
  orders: z.number().int(),
  revenue: money.meta({ description: 'Orders less refunds, without cancelled orders, in the base currency' }),
  currency: z.string().meta({ description: 'The base currency of the workspace' }),
  averageOrder: money.nullable(),
  firstOrderAt: instant.nullable(),
  lastOrderAt: instant.nullable(),
  refunded: money,
  byCurrency: z.array(z.object({ currency: z.string(), orders: z.number().int(), revenue: money })),
  withoutRate: z
    .number()
    .int()
    .meta({ description: 'Orders whose currency has no exchange rate: counted, not in revenue' }),
});

/** What draws a person in a list: enough for the mosaic, the name and the last sign of life. */
export const profileSummarySchema = z.object({
  id: z.string(),
  name: z
    .string()
    .nullable()
    .meta({ description: 'First and last name, else e-mail, else null; masked without personal.read' }),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  city: z.string().nullable(),
  fragments: z
    .array(z.object({ namespace: z.string(), family: z.string(), seed: z.string() }))
    .meta({ description: 'One per identifier (at most 24), strongest first: draws the mosaic. `seed` is opaque.' }),
  identifiers: z.number().int(),
  parts: z.number().int().meta({ description: 'How many profiles as first seen were joined into this one' }),
  firstSeenAt: instant,
  lastSeenAt: instant,
});
export type ProfileSummary = z.infer<typeof profileSummarySchema>;

export const profileSchema = z.object({
  ...profileSummarySchema.shape,
  traits: z.record(z.string(), traitSchema),
  identifiers: z.array(identifierSchema),
  consents: z.record(z.string(), consentSchema),
  totals: totalsSchema,
  devices: z.array(
    z.object({ type: z.string(), os: z.string(), browser: z.string(), events: z.number().int(), lastSeenAt: instant }),
  ),
  companies: z.array(z.object({ groupId: z.string(), name: z.string().nullable(), since: instant })),
  eventCount: z.number().int(),
  createdAt: instant,
});
export type Profile = z.infer<typeof profileSchema>;

export const sortOrderSchema = z.enum(['asc', 'desc']);
export type ProfileOrder = z.infer<typeof sortOrderSchema>;

export const profileEventSchema = z.object({
  messageId: z.string(),
  type: z.string(),
  event: z.string().meta({ description: "A track call's name, a page's or screen's name, else empty" }),
  timestamp: instant,
  receivedAt: instant,
  source: z.number().int(),
  family: z.string(),
  site: z.string(),
  url: z.string(),
  value: money.nullable(),
  currency: z.string(),
  device: z.string(),
  properties: jsonObject,
  traits: jsonObject,
  context: jsonObject,
});
export type ProfileEvent = z.infer<typeof profileEventSchema>;
export const eventListQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  before: z.string().optional(),
  type: z.string().optional().meta({ description: 'Comma-separated call types' }),
  source: z.string().optional().meta({ description: 'Comma-separated source ids' }),
  event: z.string().optional().meta({ description: 'Exact event name' }),
});
export const eventListSchema = z.object({ items: z.array(profileEventSchema), next: cursor });

export const orderSchema = z.object({
  id: z.string(),
  status: z
    .enum(['completed', 'cancelled', 'unknown'])
    .meta({ description: '`unknown`: only a refund of it was seen' }),
  orderedAt: instant.nullable(),
  source: z.number().int(),
  site: z.string().nullable(),
  channel: z.string().nullable(),
  currency: z.string().nullable(),
  total: money.nullable(),
  baseTotal: money.nullable(),
  refunded: money,
  tax: money.nullable(),
  shipping: money.nullable(),
  discount: money.nullable(),
  coupon: z.string().nullable(),
  lines: z.array(
    z.object({
      line: z.number().int(),
      productId: z.string(),
      sku: z.string().nullable(),
      name: z.string().nullable(),
      brand: z.string().nullable(),
      category: z.string().nullable(),
      variant: z.string().nullable(),
      quantity: z.number(),
      price: money.nullable(),
    }),
  ),
});
export type Order = z.infer<typeof orderSchema>;
export const orderListSchema = z.object({ items: z.array(orderSchema), next: cursor });
export const orderStates = ['completed', 'cancelled', 'refunded', 'unknown'] as const;
/** Each filter narrows; those left out do not. */
export const orderListQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z.string().optional(),
  status: z
    .enum(orderStates)
    .optional()
    .meta({ description: '`refunded`: something of it was; `unknown`: only a refund of it was seen' }),
  source: z.coerce.number().int().positive().max(2_147_483_647).optional(),
  site: z.string().max(200).optional().meta({ description: 'Exact name of the site or the store' }),
  from: z.iso.date().optional().meta({ description: 'First day, as the workspace’s clock counts' }),
  to: z.iso.date().optional().meta({ description: 'Last day' }),
  min: z.coerce.number().min(0).max(1e12).optional().meta({ description: 'Total of at least, in its own currency' }),
  max: z.coerce.number().min(0).max(1e12).optional(),
});
export type OrderListQuery = z.infer<typeof orderListQuerySchema>;

export const mergeSchema = z.object({
  id: z.number().int(),
  at: instant,
  kind: z.string().meta({
    description: '`deterministic` (identifiers in one record), `probable` (the model), `manual` (a person)',
  }),
  winner: profileSummarySchema,
  loser: profileSummarySchema,
  evidence: z.object({
    messageId: z.string(),
    source: z.number().int(),
    identifiers: z.array(z.object({ namespace: z.string(), value: z.string() })),
    match: z
      .object({
        probability: z.number(),
        weight: z.number().meta({ description: 'Bits for "the same", against a stranger' }),
        model: z.number().int(),
        review: z.number().int().nullable().meta({ description: 'The question that a person answered' }),
      })
      .nullable()
      .optional()
      .meta({ description: 'Of merges that the model or a person made; null of those that identifiers made' }),
  }),
  run: z.number().int().nullable().optional().meta({ description: 'The matching run that made it' }),
  undoneAt: instant.nullable(),
  undoneBy: z.string().nullable(),
});
export type Merge = z.infer<typeof mergeSchema>;
export const collisionSchema = z.object({
  namespace: z.string(),
  value: z.string(),
  reason: z.enum(['limit', 'kept_apart']),
  other: z.string().nullable().meta({ description: 'Profile id of the other person' }),
  at: instant,
});
export const mergeListSchema = z.object({
  items: z.array(mergeSchema),
  collisions: z.array(collisionSchema),
  next: cursor,
});
export const mergeUndoneSchema = z.object({ kept: z.string(), restored: z.string() });

/** What an erasure removed, by store and table: counts only. */
export const erasureReceiptSchema = z.object({
  id: z.number().int(),
  state: z.enum(['running', 'done']),
  requestedAt: instant,
  finishedAt: instant.nullable(),
  removed: z.record(z.string(), z.number().int()),
  hashes: z.number().int().meta({ description: 'Keyed hashes kept so that the person stays out of later imports' }),
});
export type ErasureReceipt = z.infer<typeof erasureReceiptSchema>;

export const namespaceRuleSchema = z.object({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/),
  priority: z.number().int().min(1).max(1000).meta({ description: 'Lower is stronger' }),
  maxPerProfile: z.number().int().min(1).max(10_000),
  shared: z.boolean(),
});
export type NamespaceRule = z.infer<typeof namespaceRuleSchema>;
export const namespaceRulesSchema = z.object({ items: z.array(namespaceRuleSchema) });
export const blockedValueSchema = z.object({ namespace: z.string().min(1), value: z.string().min(1).max(256) });
export const blockedValuesSchema = z.object({ items: z.array(blockedValueSchema), builtIn: z.array(z.string()) });

/** What the list of companies can be sorted by. */
export const companySorts = ['name', 'members', 'lastSeen'] as const;
export const companySortSchema = z.enum(companySorts);
export type CompanySort = z.infer<typeof companySortSchema>;

export const companyListQuerySchema = z.object({
  q: z.string().max(200).optional().meta({ description: 'Words of which the id or the name has all' }),
  sort: companySortSchema.optional().meta({
    description: 'Without it by id. A cursor belongs to its sort and order. `name` needs personal.read',
  }),
  order: sortOrderSchema.default('asc').meta({ description: 'Of `sort`' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().optional(),
});
export const companySchema = z.object({
  groupId: z.string(),
  name: z.string().nullable(),
  traits: z.record(z.string(), json),
  members: z.number().int(),
  lastSeenAt: instant,
});
export const companyListSchema = z.object({ items: z.array(companySchema), next: cursor });
