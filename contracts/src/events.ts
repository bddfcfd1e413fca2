import { z } from 'zod';

/**
 * The six calls of Segment's spec (https://segment.com/docs/connections/spec/, read November 2026), as the collection
 * door takes them. Objects are open: fields the spec does not name are kept. The door checks by hand for speed; these
 * schemas say the same for the tracking plan, the SDK and documentation.
 */

export const eventTypes = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
export const eventTypeSchema = z.enum(eventTypes);
export type EventType = z.infer<typeof eventTypeSchema>;

/** What the door takes at most. Sizes are bytes of JSON text in UTF-8, after unpacking gzip. */
export const collectionLimits = {
  eventBytes: 32 * 1024,
  batchBytes: 500 * 1024,
  batchEvents: 2_500,
  /** Levels of objects and arrays, counted from the outermost of the request. */
  depth: 100,
} as const;

/** An id as clients send it; a number means its decimal text. */
const idSchema = z.union([z.string().min(1), z.number()]);
/** ISO 8601 text, or milliseconds since 1970. */
const instantSchema = z.union([z.string(), z.number()]);
const openObject = z.record(z.string(), z.json());

export const contextSchema = z
  .looseObject({
    app: z.looseObject({ name: z.string(), version: z.string(), build: z.string(), namespace: z.string() }).partial(),
    campaign: z
      .looseObject({ name: z.string(), source: z.string(), medium: z.string(), term: z.string(), content: z.string() })
      .partial(),
    consent: z.looseObject({ categoryPreferences: z.record(z.string(), z.boolean()) }).partial(),
    device: z
      .looseObject({
        id: z.string(),
        advertisingId: z.string(),
        manufacturer: z.string(),
        model: z.string(),
        name: z.string(),
        token: z.string(),
        type: z.string(),
        version: z.string(),
      })
      .partial(),
    /** Ids of the person in other systems: `type` becomes the namespace, `<system>_id`. */
    externalIds: z.array(
      z.looseObject({
        id: idSchema,
        type: z.string(),
        collection: z.string().optional(),
        encoding: z.string().optional(),
      }),
    ),
    groupId: idSchema,
    ip: z.string(),
    library: z.looseObject({ name: z.string(), version: z.string() }).partial(),
    locale: z.string(),
    location: z
      .looseObject({
        city: z.string(),
        country: z.string(),
        latitude: z.number(),
        longitude: z.number(),
        region: z.string(),
      })
      .partial(),
    network: z.looseObject({ carrier: z.string(), cellular: z.boolean(), wifi: z.boolean() }).partial(),
    os: z.looseObject({ name: z.string(), version: z.string() }).partial(),
    page: z
      .looseObject({
        path: z.string(),
        referrer: z.string(),
        search: z.string(),
        title: z.string(),
        url: z.string(),
      })
      .partial(),
    screen: z.looseObject({ width: z.number(), height: z.number(), density: z.number() }).partial(),
    sessionId: idSchema,
    timezone: z.string(),
    traits: openObject,
    userAgent: z.string(),
  })
  .partial();
export type EventContext = z.infer<typeof contextSchema>;

const common = {
  messageId: idSchema.nullish().meta({ description: 'Makes a repeated delivery harmless. Made up when absent.' }),
  userId: idSchema.nullish(),
  anonymousId: idSchema.nullish(),
  timestamp: instantSchema.nullish().meta({ description: 'When it happened, by the client’s clock.' }),
  originalTimestamp: instantSchema.nullish(),
  sentAt: instantSchema.nullish().meta({ description: 'When the client sent it; corrects a wrong client clock.' }),
  context: contextSchema.nullish(),
  integrations: openObject.nullish(),
};
const someone = {
  message: 'userId or anonymousId is needed',
  check: (call: { userId?: unknown; anonymousId?: unknown }) => call.userId != null || call.anonymousId != null,
};

const identifySchema = z
  .looseObject({ ...common, type: z.literal('identify'), traits: openObject.nullish() })
  .refine(someone.check, someone.message);
const trackSchema = z
  .looseObject({ ...common, type: z.literal('track'), event: z.string().min(1), properties: openObject.nullish() })
  .refine(someone.check, someone.message);
const pageSchema = z
  .looseObject({
    ...common,
    type: z.literal('page'),
    name: z.string().nullish(),
    category: z.string().nullish(),
    properties: openObject.nullish(),
  })
  .refine(someone.check, someone.message);
const screenSchema = z
  .looseObject({
    ...common,
    type: z.literal('screen'),
    name: z.string().nullish(),
    category: z.string().nullish(),
    properties: openObject.nullish(),
  })
  .refine(someone.check, someone.message);
const groupSchema = z
  .looseObject({ ...common, type: z.literal('group'), groupId: idSchema, traits: openObject.nullish() })
  .refine(someone.check, someone.message);
const aliasSchema = z
  .looseObject({ ...common, type: z.literal('alias'), previousId: idSchema })
  .refine(someone.check, someone.message);

/** Any of the six calls. */
export const eventSchema = z.discriminatedUnion('type', [
  identifySchema,
  trackSchema,
  pageSchema,
  screenSchema,
  groupSchema,
  aliasSchema,
]);
export type CustomerEvent = z.infer<typeof eventSchema>;
export type IdentifyCall = z.infer<typeof identifySchema>;
export type TrackCall = z.infer<typeof trackSchema>;
export type PageCall = z.infer<typeof pageSchema>;
export type ScreenCall = z.infer<typeof screenSchema>;
export type GroupCall = z.infer<typeof groupSchema>;
export type AliasCall = z.infer<typeof aliasSchema>;

/** A batch, as `POST /v1/batch` takes it. `context` and `sentAt` hold for every call that has none of its own. */
export const eventBatchSchema = z.looseObject({
  batch: z.array(eventSchema).max(collectionLimits.batchEvents),
  writeKey: z.string().optional(),
  sentAt: instantSchema.nullish(),
  context: contextSchema.nullish(),
});
export type EventBatch = z.infer<typeof eventBatchSchema>;
