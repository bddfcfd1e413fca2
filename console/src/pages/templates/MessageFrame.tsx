import { useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import styles from './Templates.module.css';

interface MessageFrameProps {
  readonly html: string;
  readonly label: string;
  /** Pixels; mails are 600 wide on a desk and about 360 on a phone. */
  readonly width: number;
  readonly dark: boolean;
}

const told = z.union([z.object({ ready: z.literal(true) }), z.object({ height: z.number().min(0).max(50_000) })]);

/** A page as a mail program would show it, apart from the console: no scripts, no cookies, nothing to click open. */
export function MessageFrame({ html, label, width, dark }: MessageFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [ready, setReady] = useState(false);
  const [height, setHeight] = useState(480);
  useEffect(() => {
    const listen = ({ source, data }: MessageEvent<unknown>) => {
      if (source !== frame.current?.contentWindow) return;
      const heard = told.safeParse(data);
      if (!heard.success) return;
      if ('ready' in heard.data) setReady(true);
      else setHeight(Math.max(160, heard.data.height));
    };
    window.addEventListener('message', listen);
    return () => window.removeEventListener('message', listen);
  }, []);
  useEffect(() => {
    // The frame has no origin of its own that could be named.
    if (ready) frame.current?.contentWindow?.postMessage({ html, dark }, '*');
  }, [ready, html, dark]);
  return (
    <div className={styles.paper}>
      <iframe
        ref={frame}
        title={label}
        src="/m/frame"
        sandbox="allow-scripts"
        className={styles.frame}
        style={{ width, height }}
      />
    </div>
  );
}
