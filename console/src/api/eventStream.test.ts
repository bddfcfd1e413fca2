import { describe, expect, it } from 'vitest';
import { createStreamParser, readStream } from './eventStream.ts';

describe('the event stream', () => {
  it('joins messages that arrive in pieces', () => {
    const parse = createStreamParser();
    expect(parse('event: tr')).toEqual([]);
    expect(parse('ack\nid: 7\ndata: {"a":')).toEqual([]);
    expect(parse('1}\n\ndata: two')).toEqual([{ event: 'track', data: '{"a":1}', id: '7' }]);
    expect(parse('\n\n')).toEqual([{ event: 'message', data: 'two', id: '' }]);
  });

  it('joins data lines, skips comments and heartbeats, and reads Windows line ends', () => {
    const parse = createStreamParser();
    expect(parse(': alive\n\ndata: one\ndata:two\n\n: again\r\n\r\n')).toEqual([
      { event: 'message', data: 'one\ntwo', id: '' },
    ]);
  });

  it('reads a response to its end', async () => {
    const seen: string[] = [];
    for await (const message of readStream(new Response('data: é1\n\ndata: 2\n\ndata: cut'))) seen.push(message.data);
    expect(seen).toEqual(['é1', '2']);
  });
});
