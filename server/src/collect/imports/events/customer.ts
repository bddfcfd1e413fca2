import type { Json, JsonObject } from '../../../platform/index.ts';
import type { FieldValue } from '../mapping/readValue.ts';

type Fields = Readonly<Record<string, FieldValue>>;

const notPeople = new Set(['user_id', 'anonymous_id', 'order_id', 'product_id', 'group_id', 'message_id']);
const contacts = ['email', 'phone', 'loyalty_card'] as const;

const textOf = (value: FieldValue): string | null =>
  value === undefined || typeof value === 'object' ? null : String(value);

/** The customer's ids in other systems, as Segment's `context.externalIds`; with `contacts` also e-mail, phone, card. */
export function externalIds(fields: Fields, withContacts: boolean): JsonObject[] {
  const ids: JsonObject[] = [];
  const add = (type: string): void => {
    const id = textOf(fields[type]);
    if (id !== null) ids.push({ id, type, collection: 'users', encoding: 'none' });
  };
  if (withContacts) for (const type of contacts) add(type);
  for (const name in fields) if (name.endsWith('_id') && !notPeople.has(name)) add(name);
  return ids;
}

/** Adds `userId`, `anonymousId` and `context.externalIds` to a call about something a customer did; nothing when nobody is named. */
export function addWhose(call: Record<string, Json>, fields: Fields): void {
  const userId = textOf(fields.user_id);
  const anonymousId = textOf(fields.anonymous_id);
  if (userId !== null) call.userId = userId;
  if (anonymousId !== null) call.anonymousId = anonymousId;
  const ids = externalIds(fields, true);
  if (ids.length > 0) call.context = { externalIds: ids };
}
