/** One message of a `text/event-stream`. */
export interface StreamMessage {
  readonly event: string;
  readonly data: string;
  readonly id: string;
}

/**
 * Splits a stream of text into server-sent messages, whatever way it is cut into pieces. `EventSource` is not used
 * because it cannot send the workspace header.
 */
export function createStreamParser(): (piece: string) => StreamMessage[] {
  let rest = '';
  return (piece) => {
    const blocks = (rest + piece.replaceAll('\r\n', '\n')).split('\n\n');
    rest = blocks.pop() ?? '';
    return blocks.flatMap((block) => {
      const fields = new Map<string, string[]>();
      for (const line of block.split('\n')) {
        if (line === '' || line.startsWith(':')) continue;
        const colon = line.indexOf(':');
        const name = colon < 0 ? line : line.slice(0, colon);
        const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
        fields.set(name, [...(fields.get(name) ?? []), value]);
      }
      const data = fields.get('data');
      if (data === undefined) return [];
      return [
        { event: fields.get('event')?.at(-1) ?? 'message', data: data.join('\n'), id: fields.get('id')?.at(-1) ?? '' },
      ];
    });
  };
}

/** Reads messages until the stream ends or is aborted. */
export async function* readStream(answer: Response): AsyncGenerator<StreamMessage> {
  if (answer.body === null) return;
  const parse = createStreamParser();
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* parse(value);
    }
  } finally {
    reader.releaseLock();
  }
}
