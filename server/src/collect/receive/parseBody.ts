import { collectionLimits } from '@vitrail/contracts';
import { isJsonObject, type Json, type JsonObject } from '../../platform/index.ts';
import type { AdaptBody } from './adaptBody.ts';
import { cleanEscapes } from './cleanEscapes.ts';
import { findFlaw } from './findFlaw.ts';
import { measureJson } from './measureJson.ts';
import type { Flaw, Refusal } from './refusal.ts';
import { unpackBody } from './unpackBody.ts';

const { eventBytes, batchEvents, depth } = collectionLimits;
const measureLimits = { depth, elementBytes: eventBytes };
const namedFlaws = 100;

/** What the path and the headers say about a body. */
export interface BodyExpectation {
  readonly batch: boolean;
  /** The type the path gives (`/v1/track`), for bodies that leave it out. */
  readonly typeHint: string | null;
  /** For a client whose bodies are not quite Segment's; else null. */
  readonly adapt: AdaptBody | null;
}

/** A body that is fit to be kept. */
export interface ParsedBody {
  /** UTF-8 JSON, as it came, except what no store can hold (see `cleanEscapes`) and what `adapt` changed. */
  readonly payload: Buffer;
  readonly events: number;
  readonly writeKey: string | null;
}

const eventTooLarge = (indexes: readonly number[]): Refusal => ({
  refused: 'event_too_large',
  detail:
    indexes.length === 0
      ? `The event is over ${eventBytes / 1024} KB of JSON. Send less in one event.`
      : `Nothing of the batch was stored: ${nameEvents(indexes)} over ${eventBytes / 1024} KB of JSON.`,
  ...(indexes.length === 0 ? {} : { indexes }),
});

function nameEvents(indexes: readonly number[]): string {
  const shown = indexes.slice(0, 10).join(', ');
  const rest = indexes.length > 10 ? ` and ${indexes.length - 10} more` : '';
  return indexes.length === 1 ? `event ${shown} (counted from 0) is` : `events ${shown}${rest} (counted from 0) are`;
}

function parseJson(text: string): { json: Json } | Refusal {
  try {
    return { json: JSON.parse(text) };
  } catch {
    // The parser's own message quotes the text, which may be personal.
    return { refused: 'broken_json', detail: 'The body is not valid JSON. Send one JSON object, plain or gzipped.' };
  }
}

function checkBatch(batch: readonly Json[]): Refusal | null {
  if (batch.length > batchEvents) {
    return {
      refused: 'too_many_events',
      detail: `The batch holds ${batch.length} events; send at most ${batchEvents} at once.`,
    };
  }
  let indexes: number[] | null = null;
  const flaws: Flaw[] = [];
  for (let index = 0; index < batch.length; index++) {
    const flaw = findFlaw(batch[index], null);
    if (flaw === null) continue;
    indexes ??= [];
    indexes.push(index);
    if (flaws.length < namedFlaws) flaws.push({ field: `/batch/${index}${flaw.field}`, problem: flaw.problem });
  }
  if (indexes === null) return null;
  const detail = `Nothing of the batch was stored: ${nameEvents(indexes)} not as they should be. Correct what "errors" names and send the batch again.`;
  return { refused: 'invalid_event', detail, indexes, flaws };
}

function checkSingle(event: JsonObject, typeHint: string | null): Refusal | null {
  const flaw = findFlaw(event, typeHint);
  if (flaw === null) return null;
  return {
    refused: 'invalid_event',
    detail: `The event was not stored: ${flaw.field} ${flaw.problem}.`,
    flaws: [flaw],
  };
}

/**
 * Reads and checks a request body: whole or not at all. Cheap refusals come first, so that a hostile body costs less
 * than an honest one: size, then depth and element sizes on the raw bytes, then parsing, then the calls themselves.
 */
export function parseBody(body: Buffer, expected: BodyExpectation): ParsedBody | Refusal {
  const unpacked = unpackBody(body);
  if (!Buffer.isBuffer(unpacked)) return unpacked;
  if (!expected.batch && unpacked.length > eventBytes) return eventTooLarge([]);
  const measured = measureJson(unpacked, measureLimits);
  if (measured.depth > depth) {
    return { refused: 'too_deep', detail: `The JSON is nested over ${depth} levels deep. Flatten it.` };
  }
  let text = unpacked.toString('utf8');
  let payload = unpacked;
  if (measured.unicodeEscapes) {
    const cleaned = cleanEscapes(text);
    if (cleaned !== text) payload = Buffer.from(cleaned);
    text = cleaned;
  }
  const parsed = parseJson(text);
  if ('refused' in parsed) return parsed;
  if (!isJsonObject(parsed.json)) return { refused: 'wrong_shape', detail: 'The body must be one JSON object.' };

  const adapted = expected.adapt === null ? null : expected.adapt(parsed.json);
  if (adapted !== null) payload = Buffer.from(JSON.stringify(adapted));
  return checkCalls(adapted ?? parsed.json, { payload, expected, oversized: measured.oversized });
}

function checkCalls(
  body: JsonObject,
  parts: { payload: Buffer; expected: BodyExpectation; oversized: readonly number[] },
): ParsedBody | Refusal {
  const { payload, expected, oversized } = parts;
  const writeKey = typeof body.writeKey === 'string' && body.writeKey !== '' ? body.writeKey : null;
  if (!expected.batch) return checkSingle(body, expected.typeHint) ?? { payload, events: 1, writeKey };
  const { batch } = body;
  if (!Array.isArray(batch)) {
    return { refused: 'wrong_shape', detail: 'The body must hold the events in a list named "batch".' };
  }
  if (oversized.length > 0) return eventTooLarge(oversized);
  return checkBatch(batch) ?? { payload, events: batch.length, writeKey };
}
