import { isJsonObject, type Json, type JsonObject } from '../../platform/index.ts';

/** Turns a client's own shape into Segment's. Null when the body already has it, so that it is kept byte for byte. */
export type AdaptBody = (body: JsonObject) => JsonObject | null;

const isMissing = (value: Json | undefined): boolean => value === undefined || value === null || value === '';

/** Fills in what the headers say and the body does not: RudderStack's `SentAt` and `AnonymousId`. */
export function fillDefaults(defaults: { readonly sentAt?: string; readonly anonymousId?: string }): AdaptBody {
  const { sentAt, anonymousId } = defaults;
  const nobodys = (event: Json): event is JsonObject =>
    isJsonObject(event) && isMissing(event.anonymousId) && isMissing(event.userId);

  function fillId(body: JsonObject): JsonObject | null {
    if (anonymousId === undefined) return null;
    if (!Array.isArray(body.batch)) return isMissing(body.anonymousId) ? { ...body, anonymousId } : null;
    if (!body.batch.some(nobodys)) return null;
    return { ...body, batch: body.batch.map((event) => (nobodys(event) ? { ...event, anonymousId } : event)) };
  }

  return (body) => {
    const dated = sentAt !== undefined && isMissing(body.sentAt) ? { ...body, sentAt } : null;
    return fillId(dated ?? body) ?? dated;
  };
}

/** Jitsu puts the name of a page among its properties. */
export const adaptJitsu: AdaptBody = (body) => {
  if (body.type !== 'page' || !isMissing(body.name) || !isJsonObject(body.properties)) return null;
  const { name } = body.properties;
  return typeof name === 'string' && name !== '' ? { ...body, name } : null;
};
