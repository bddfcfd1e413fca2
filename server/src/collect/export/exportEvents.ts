import { StringDecoder } from 'node:string_decoder';
import { setImmediate as breathe } from 'node:timers/promises';
import type { ExportFormat } from '@vitrail/contracts';
import type { Ch } from '../../platform/index.ts';
import { exportDrops, exportEventColumns, exportRawEvents } from './sql/exportEvents.ch.ts';
import { toRawRecord } from './toRawRecord.ts';

export interface ExportRange {
  readonly from: Date | null;
  readonly to: Date | null;
}

/** Putting records together takes the event loop's time: it gets a turn for others this often. */
const linesPerTurn = 200;

/** The ends of what the engine's instants can say. */
const earliest = '1900-01-01T00:00:00.000Z';
const latest = '2299-12-31T23:59:59.999Z';

const boundsOf = ({ from, to }: ExportRange) => ({
  from: from?.toISOString() ?? earliest,
  to: to?.toISOString() ?? latest,
});

/** Lines of a stream of bytes, as many at a time as a piece of it holds. */
async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))).split('\n');
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield lines;
  }
  rest += decoder.end();
  if (rest !== '') yield [rest];
}

/**
 * Every event of a workspace. Parquet is written by ClickHouse itself, one column each; NDJSON gives the raw records put
 * together again. `byReceived`: the range means when events arrived, not when they happened.
 */
export async function* exportEvents(
  ch: Ch,
  workspaceId: number,
  format: ExportFormat,
  range: ExportRange & { readonly byReceived: boolean },
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const params = { workspace: workspaceId, byReceived: range.byReceived, ...boundsOf(range) };
  if (format === 'parquet') {
    yield* ch.stream(exportEventColumns, params, { format: 'Parquet', signal });
    return;
  }
  for await (const lines of readLines(ch.stream(exportRawEvents, params, { format: 'JSONEachRow', signal }))) {
    for (let at = 0; at < lines.length; at += linesPerTurn) {
      const part = lines.slice(at, at + linesPerTurn);
      yield Buffer.from(part.map((line) => toRawRecord(JSON.parse(line))).join(''), 'utf8');
      await breathe();
    }
  }
}

/** Every record that was accepted at the door and not kept, with its reason and as it came, for 90 days after. */
export function exportDroppedEvents(
  ch: Ch,
  workspaceId: number,
  format: ExportFormat,
  range: ExportRange,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  const params = { workspace: workspaceId, ...boundsOf(range) };
  return ch.stream(exportDrops, params, { format: format === 'parquet' ? 'Parquet' : 'JSONEachRow', signal });
}
