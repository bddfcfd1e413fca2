import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type BrandKit, brandKitSchema } from '@vitrail/contracts';
import { useEffect, useRef } from 'react';
import { useApi } from '../../../api/context.tsx';
import { assetsQuery, brandKitsQuery } from '../../../api/templates.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { blockSnippets, snippets } from '../starters.ts';
import styles from '../Templates.module.css';
import { fromEditorSchema, type ToEditor } from '../visual/talk.ts';
import { fromVisual, splitHead, toVisual } from '../visual/visualMjml.ts';

interface VisualFrameProps {
  readonly mjml: string;
  readonly onChange: (mjml: string) => void;
}

/** The visual editor, in a page of its own: it writes styles in ways the console's policy does not let in. */
export function VisualFrame(props: VisualFrameProps) {
  const api = useApi();
  const kits = useQuery(brandKitsQuery(api));
  const assets = useQuery(assetsQuery(api));
  if (kits.isPending || assets.isPending) return <Skeleton height={520} aria-busy="true" />;
  return (
    <Frame
      {...props}
      kit={kits.data?.items[0]?.kit ?? brandKitSchema.parse({})}
      pictures={(assets.data?.items ?? []).map(({ url }) => url)}
    />
  );
}

function Frame({ mjml, onChange, kit, pictures }: VisualFrameProps & { kit: BrandKit; pictures: readonly string[] }) {
  const { t, language } = useTranslation();
  const frame = useRef<HTMLIFrameElement>(null);
  const latest = useRef({ mjml, onChange });
  const head = useRef(splitHead(mjml).head);
  useEffect(() => {
    latest.current = { mjml, onChange };
  });
  useEffect(() => {
    const listen = ({ source, origin, data }: MessageEvent<unknown>) => {
      if (source !== frame.current?.contentWindow || origin !== window.location.origin) return;
      const heard = fromEditorSchema.safeParse(data);
      if (!heard.success) return;
      if (heard.data.kind === 'changed') {
        latest.current.onChange(fromVisual(heard.data.mjml, kit, head.current));
        return;
      }
      const told: ToEditor = {
        kind: 'load',
        mjml: toVisual(splitHead(latest.current.mjml).rest, kit),
        language,
        pictures: [...pictures],
        blocks: blockSnippets.map((id) => ({
          id,
          label: t(`templates.snippet.${id}`),
          mjml: toVisual(`<mj-body>${snippets[id]}</mj-body>`, kit).replace(/^<mj-body>|<\/mj-body>$/g, ''),
        })),
      };
      frame.current?.contentWindow?.postMessage(told, window.location.origin);
    };
    window.addEventListener('message', listen);
    return () => window.removeEventListener('message', listen);
  }, [kit, pictures, language, t]);
  return <iframe ref={frame} title={t('templates.visual')} src="/visual-editor" className={styles.visual} />;
}
