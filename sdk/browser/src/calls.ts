import { type PageContext, readPage } from './pageContext.ts';

export type CallKind = 'identify' | 'track' | 'page' | 'screen' | 'group' | 'alias' | 'reset' | 'id';

/** A call as it was made: nothing of the visitor in it yet, so that it may wait for consent. */
export interface Call {
  readonly kind: CallKind;
  /** What the event has beyond what every event has. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly context: object;
  readonly at: string;
  readonly page: PageContext;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
/** What is not JSON becomes what JSON makes of it; what the shop changes later changes nothing here. */
const copy = (value: unknown): Record<string, unknown> => (isObject(value) ? JSON.parse(JSON.stringify(value)) : {});

/** Takes analytics.js's arguments apart: texts first, then properties or traits, options, a callback that is called. */
function takeApart(given: readonly unknown[], textual: boolean) {
  const callback = given.find((one) => typeof one === 'function');
  if (typeof callback === 'function') setTimeout(callback, 0);
  const texts = given.filter((one) => typeof one === 'string' || (!textual && typeof one === 'number')).map(String);
  const [details, options] = given.filter(isObject);
  return { texts, details: copy(details), options: copy(options) };
}

function fieldsOf(kind: CallKind, texts: readonly string[], details: Record<string, unknown>): Call['fields'] | null {
  const [first = '', second] = texts;
  if (kind === 'identify') return { userId: first || undefined, traits: details };
  if (kind === 'page' || kind === 'screen') {
    const category = second === undefined ? undefined : first;
    return { name: (second ?? first) || undefined, category, properties: details };
  }
  // A call without what it is about would be refused by the server, and everything beside it in its batch.
  if (kind !== 'reset' && first.trim() === '') return null;
  if (kind === 'track') return { event: first, properties: details };
  if (kind === 'group') return { groupId: first, traits: details };
  if (kind === 'alias') return { userId: first, ...(second && { previousId: second }) };
  return kind === 'id' ? { id: first } : {};
}

/** The call that these arguments make, or null when they make none. `from` is the page before, without a reload. */
export function readCall(kind: CallKind, given: readonly unknown[], from: string | null): Call | null {
  const { texts, details, options } = takeApart(given, kind === 'track');
  const fields = fieldsOf(kind, texts, details);
  if (fields === null) return null;
  const page = readPage(from);
  const stated = Date.parse(String(options.timestamp));
  const at = new Date(stated || Date.now()).toISOString();
  // Segment repeats the page among the properties of a page call.
  const full = kind === 'page' ? { ...fields, properties: { ...page, ...details } } : fields;
  return { kind, fields: full, context: copy(options.context), at, page };
}
