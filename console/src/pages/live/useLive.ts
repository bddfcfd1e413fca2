import { useDocumentVisibility } from '@mantine/hooks';
import type { LiveEvent } from '@vitrail/contracts';
import { useEffect, useReducer, useRef, useState } from 'react';
import type { Query } from '../../api/client.ts';
import { useApi } from '../../api/context.tsx';
import { liveEvents } from '../../api/health.ts';
import { bufferLimit, emptyBuffer, feedReducer } from './buffer.ts';

type Status = 'connecting' | 'open' | 'paused' | 'failed';

/**
 * The live stream: newest first, bounded, at rest when paused or when nobody looks. While `held` the list stands still,
 * so that a row can be clicked, and what arrives waits.
 */
export function useLive(query: Query, paused: boolean, held: boolean) {
  const api = useApi();
  const visible = useDocumentVisibility() !== 'hidden';
  const [buffer, dispatch] = useReducer(feedReducer, emptyBuffer);
  const [state, setState] = useReducer(
    (_: { status: Status; error: unknown }, next: { status: Status; error: unknown }) => next,
    { status: 'connecting', error: null },
  );
  const pending = useRef<LiveEvent[]>([]);
  const holding = useRef(held);
  holding.current = held;
  const [waiting, setWaiting] = useState(0);
  const key = JSON.stringify(query);
  const attempt = useRef(0);

  // A new filter begins a new list; a pause keeps the old one.
  const listed = useRef(key);
  useEffect(() => {
    if (listed.current === key) return;
    listed.current = key;
    dispatch({ kind: 'clear' });
  }, [key]);

  useEffect(() => {
    if (paused || !visible) {
      setState({ status: 'paused', error: null });
      return;
    }
    const controller = new AbortController();
    let retry: ReturnType<typeof setTimeout> | undefined;
    // Drawn four times a second at most, however many arrive.
    const flush = setInterval(() => {
      setWaiting(holding.current ? pending.current.length : 0);
      if (pending.current.length === 0 || holding.current) return;
      dispatch({ kind: 'add', events: pending.current });
      pending.current = [];
    }, 250);
    const listen = async () => {
      setState({ status: 'connecting', error: null });
      try {
        const stream = liveEvents(api, JSON.parse(key), controller.signal);
        setState({ status: 'open', error: null });
        for await (const event of stream) {
          attempt.current = 0;
          pending.current.push(event);
          if (pending.current.length > bufferLimit) pending.current.shift();
        }
        throw new Error('The stream ended.');
      } catch (error) {
        if (controller.signal.aborted) return;
        setState({ status: 'failed', error });
        retry = setTimeout(() => void listen(), Math.min(30_000, 1_000 * 2 ** attempt.current++));
      }
    };
    void listen();
    return () => {
      controller.abort();
      clearInterval(flush);
      clearTimeout(retry);
      pending.current = [];
    };
  }, [api, key, paused, visible]);

  return { ...buffer, ...state, waiting, clear: () => dispatch({ kind: 'clear' }) };
}
