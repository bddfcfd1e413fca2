import { isJsonObject, type Json, type JsonObject } from '../../../platform/index.ts';
import type { MappedRow } from '../mapping/compileMapping.ts';
import { Problem, quote } from '../values/problem.ts';
import { addWhose } from './customer.ts';

const types = new Set(['track', 'identify', 'page', 'screen', 'group', 'alias']);

/** True for a record that is already a Segment call: it is taken as it is. */
export const isCall = (whole: JsonObject): boolean =>
  typeof whole.type === 'string' &&
  types.has(whole.type) &&
  ['userId', 'anonymousId', 'messageId', 'context', 'properties', 'traits'].some((name) => whole[name] !== undefined);

/** A row about something that happened, as a call. Columns without a field become properties (identify: traits). */
export function plainEvent({ fields, extras }: MappedRow): Record<string, Json> | Problem {
  const { event, timestamp, group_id: groupId, message_id: messageId, properties, traits, context } = fields;
  const stated = typeof fields.type === 'string' ? fields.type.toLowerCase() : 'track';
  const type = types.has(stated) ? stated : null;
  if (type === null) return new Problem('required_missing', `${quote(fields.type)} is not a type of call`);
  if (type === 'track' && typeof event !== 'string') return new Problem('required_missing', 'The event name is empty');
  const call: Record<string, Json> = { type };
  if (typeof event === 'string') call[type === 'track' ? 'event' : 'name'] = event;
  addWhose(call, fields);
  if (typeof groupId === 'string') call.groupId = groupId;
  if (typeof messageId === 'string') call.messageId = messageId;
  if (typeof timestamp === 'string') call.timestamp = timestamp;
  const part = type === 'identify' || type === 'group' ? 'traits' : 'properties';
  call[part] = { ...(part === 'traits' ? objectIn(traits) : objectIn(properties)), ...extras };
  const around = { ...objectIn(context), ...objectIn(call.context) };
  if (Object.keys(around).length > 0) call.context = around;
  return call;
}

const objectIn = (value: Json | undefined): JsonObject => (value !== undefined && isJsonObject(value) ? value : {});
