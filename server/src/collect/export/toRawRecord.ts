/** A row of `events` as an export needs it; JSON columns stay text. */
export interface EventRow {
  readonly profile_id: number;
  readonly customer_id: number;
  readonly timestamp: string;
  readonly message_id: string;
  readonly type: string;
  readonly event: string;
  readonly source_id: number;
  readonly site: string;
  readonly received_at: string;
  readonly sent_at: string | null;
  readonly original_timestamp: string | null;
  readonly anonymous_id: string;
  readonly user_id: string;
  readonly value: number | null;
  readonly currency: string;
  readonly base_value: number | null;
  readonly properties: string;
  readonly traits: string;
  readonly context: string;
  readonly extra: string;
}

/** What Vitrail found out stands under this name, apart from what the client said. */
const ownKey = '_vitrail';

/** Members of a JSON object's text without its braces. A client's own `_vitrail` makes way for ours. */
function membersOf(json: string): string {
  const text = json.trim();
  if (text === '' || text === '{}') return '';
  if (!text.includes(ownKey)) return text.slice(1, -1);
  const { [ownKey]: _, ...rest } = JSON.parse(text);
  return JSON.stringify(rest).slice(1, -1);
}

/**
 * The whole record as one line of JSON, in the shape clients send (Segment's), so that it can be imported again. JSON
 * parts are passed through as the text they are stored as: no number, key or order of it changes.
 */
export function toRawRecord(row: EventRow): string {
  const named = row.type === 'page' || row.type === 'screen' ? 'name' : 'event';
  const describes = row.type === 'identify' || row.type === 'group';
  const parts = [`"messageId":${JSON.stringify(row.message_id)}`, `"type":${JSON.stringify(row.type)}`];
  const add = (key: string, json: string) => parts.push(`"${key}":${json}`);
  if (row.event !== '') add(named, JSON.stringify(row.event));
  if (row.anonymous_id !== '') add('anonymousId', JSON.stringify(row.anonymous_id));
  if (row.user_id !== '') add('userId', JSON.stringify(row.user_id));
  add('timestamp', JSON.stringify(row.timestamp));
  if (row.original_timestamp !== null) add('originalTimestamp', JSON.stringify(row.original_timestamp));
  if (row.sent_at !== null) add('sentAt', JSON.stringify(row.sent_at));
  add('receivedAt', JSON.stringify(row.received_at));
  if (membersOf(row.properties) !== '' || !describes) add('properties', row.properties || '{}');
  if (membersOf(row.traits) !== '' || describes) add('traits', row.traits || '{}');
  add('context', row.context || '{}');
  const extra = membersOf(row.extra);
  if (extra !== '') parts.push(extra);
  const own = {
    profileId: row.profile_id,
    customerId: row.customer_id,
    sourceId: row.source_id,
    site: row.site,
    value: row.value,
    currency: row.currency,
    baseValue: row.base_value,
  };
  add(ownKey, JSON.stringify(own));
  return `{${parts.join(',')}}\n`;
}
