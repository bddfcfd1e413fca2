import { useMutation } from '@tanstack/react-query';
import { type EditorSession, fromPageSchema, type PickedElement } from '@vitrail/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { openEditor } from '../../../api/pageEditor.ts';
import { type ToPage, withToken } from './shopPage.ts';

/** The page said nothing for so long: it is not framed, or it does not know us. */
const silentMs = 5_000;

export interface ShopPage {
  /** What the frame shows; null: a window, or nothing yet. */
  readonly src: string | null;
  /** Changes when the same address is opened anew. */
  readonly opened: number;
  readonly state: 'closed' | 'opening' | 'silent' | 'open';
  readonly inWindow: boolean;
  /** The page as it introduced itself. */
  readonly page: {
    readonly url: string;
    readonly path: string;
    readonly title: string;
    readonly language: string;
  } | null;
  readonly picked: PickedElement | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly failed: readonly string[];
  readonly outside: string | null;
  readonly problem: unknown;
  readonly isOpening: boolean;
  open(address: string, inWindow: boolean): void;
  /** The page that was asked for last, anew. */
  reopen(inWindow: boolean): void;
  tell(message: ToPage): void;
  forgetPicked(): void;
  readonly frame: React.RefObject<HTMLIFrameElement | null>;
}

/** One page of the shop, in a frame or a window, and the talk with it: only with that window of that origin. */
export function useShopPage(onLeft: () => void): ShopPage {
  const api = useApi();
  const frame = useRef<HTMLIFrameElement>(null);
  const popup = useRef<Window | null>(null);
  const session = useRef<EditorSession | null>(null);
  const left = useRef(onLeft);
  const asked = useRef('');
  const [place, setPlace] = useState<{ src: string | null; opened: number; inWindow: boolean }>({
    src: null,
    opened: 0,
    inWindow: false,
  });
  const [state, setState] = useState<ShopPage['state']>('closed');
  const [page, setPage] = useState<ShopPage['page']>(null);
  const [picked, setPicked] = useState<PickedElement | null>(null);
  const [counts, setCounts] = useState<Readonly<Record<string, number>>>({});
  const [failed, setFailed] = useState<readonly string[]>([]);
  const [outside, setOutside] = useState<string | null>(null);

  const opening = useMutation({
    mutationFn: ({ address }: { address: string; inWindow: boolean }) => openEditor(api, address),
    onSuccess: (answer, { address, inWindow }) => {
      session.current = answer;
      const src = withToken(address, answer.token);
      if (inWindow && popup.current !== null) popup.current.location.href = src;
      setPage(null);
      setPicked(null);
      setCounts({});
      setState('opening');
      setPlace((before) => ({ src: inWindow ? null : src, opened: before.opened + 1, inWindow }));
    },
    onError: () => popup.current?.close(),
  });
  const { mutate } = opening;
  const open = useCallback(
    (address: string, inWindow: boolean): void => {
      popup.current?.close();
      asked.current = address;
      // Now, while the press of a button allows it; the address follows with the token.
      popup.current = inWindow ? window.open('about:blank', '_blank', 'popup,width=1280,height=860') : null;
      mutate({ address, inWindow });
    },
    [mutate],
  );
  const tell = useCallback((message: ToPage): void => {
    const peer = popup.current ?? frame.current?.contentWindow;
    if (session.current !== null) peer?.postMessage(message, session.current.origin);
  }, []);

  useEffect(() => {
    left.current = onLeft;
  });
  useEffect(() => {
    const hear = ({ source, origin, data }: MessageEvent<unknown>): void => {
      const peer = popup.current ?? frame.current?.contentWindow;
      if (source !== peer || origin !== session.current?.origin) return;
      const heard = fromPageSchema.safeParse(data);
      if (!heard.success) return;
      const said = heard.data;
      switch (said.vitrail) {
        case 'hello':
          asked.current = said.url;
          setPage({ url: said.url, path: new URL(said.url).pathname, title: said.title, language: said.language });
          setPicked(null);
          setCounts({});
          setOutside(null);
          setState('open');
          break;
        case 'picked':
          setPicked(said.element);
          break;
        case 'counted':
          setCounts(said.counts);
          break;
        case 'shown':
          setFailed(said.failed);
          break;
        case 'outside':
          setOutside(said.url);
          break;
        case 'left':
          left.current();
          break;
        case 'leaving':
          setPage(null);
          setPicked(null);
          setState('opening');
          break;
      }
    };
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  }, []);
  useEffect(() => {
    if (state !== 'opening') return;
    const late = setTimeout(() => setState((now) => (now === 'opening' ? 'silent' : now)), silentMs);
    return () => clearTimeout(late);
  }, [state]);
  useEffect(() => () => popup.current?.close(), []);

  return {
    ...place,
    state,
    page,
    picked,
    counts,
    failed,
    outside,
    problem: opening.error,
    isOpening: opening.isPending,
    open,
    reopen: (inWindow) => open(asked.current, inWindow),
    tell,
    forgetPicked: () => setPicked(null),
    frame,
  };
}
