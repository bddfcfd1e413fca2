import { eventTypes } from '@vitrail/contracts';
import { isJsonObject, type Json } from '../../platform/index.ts';
import type { Flaw } from './refusal.ts';

const types: ReadonlySet<Json> = new Set(eventTypes);

const isAbsent = (value: Json | undefined): boolean => value === undefined || value === null;
/** An id that says something: a non-empty text, or a number. */
const isId = (value: Json | undefined): boolean =>
  typeof value === 'string' ? value !== '' && value.trim() !== '' : typeof value === 'number';
const isTextOrNumber = (value: Json | undefined): boolean => typeof value === 'string' || typeof value === 'number';

const idFields = ['userId', 'anonymousId', 'messageId', 'previousId', 'groupId'] as const;
const dateFields = ['timestamp', 'originalTimestamp', 'sentAt'] as const;
const objectFields = ['properties', 'traits', 'context'] as const;

const flaw = (field: string, problem: string): Flaw => ({ field, problem });

function findTypeFlaw(event: { readonly [key: string]: Json }): Flaw | null {
  for (const field of idFields) {
    if (!isAbsent(event[field]) && !isTextOrNumber(event[field])) return flaw(`/${field}`, 'must be text or a number');
  }
  for (const field of objectFields) {
    if (!isAbsent(event[field]) && !isJsonObject(event[field])) return flaw(`/${field}`, 'must be an object');
  }
  for (const field of dateFields) {
    if (!isAbsent(event[field]) && !isTextOrNumber(event[field])) {
      return flaw(`/${field}`, 'must be an ISO 8601 date or milliseconds since 1970');
    }
  }
  return null;
}

/**
 * What is wrong with one call, or null. Written by hand because it runs for every event at the door (30,000 a second):
 * the same rules as `eventSchema` of the contracts, which a test compares.
 */
export function findFlaw(event: Json | undefined, typeHint: string | null): Flaw | null {
  if (!isJsonObject(event)) return flaw('', 'must be an object');
  const type = event.type ?? typeHint;
  if (type === null || !types.has(type)) {
    return flaw('/type', 'must be identify, track, page, screen, group or alias');
  }
  if (type === 'track' && !(typeof event.event === 'string' && event.event.trim() !== '')) {
    return flaw('/event', 'a track call needs the name of what happened, such as "Product Viewed"');
  }
  const wrongType = findTypeFlaw(event);
  if (wrongType !== null) return wrongType;
  if (!isId(event.userId) && !isId(event.anonymousId)) {
    return flaw('/userId', 'send userId or anonymousId, not empty');
  }
  if (type === 'group' && !isId(event.groupId)) return flaw('/groupId', 'a group call needs groupId');
  if (type === 'alias' && !isId(event.previousId)) return flaw('/previousId', 'an alias call needs previousId');
  return null;
}
