import { useId, useMemo } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import type { Family } from '../theme/palette.ts';
import styles from './Mosaic.module.css';
import { countFamilies, cutMosaic } from './mosaic.ts';

interface MosaicProps {
  readonly seed: string;
  readonly fragments: readonly Family[];
  readonly size?: number;
  /** True beside a text that already says it. */
  readonly decorative?: boolean;
}

/** A customer as a stained-glass window: a pane for every fragment, coloured by where it came from. */
export function Mosaic({ seed, fragments, size = 24, decorative = false }: MosaicProps) {
  const { t } = useTranslation();
  const clip = useId();
  const light = useId();
  const capacity = size < 40 ? 9 : 24;
  const panes = useMemo(() => cutMosaic({ seed, fragments }, capacity), [seed, fragments, capacity]);
  const words = decorative
    ? undefined
    : t('mosaic.label', {
        count: fragments.length,
        parts: countFamilies(fragments)
          .map(([family, count]) => t('mosaic.part', { family: t(`family.${family}`), count }))
          .join(', '),
      });
  // The lead keeps about one device pixel at list size and gains weight as the window grows.
  const lead = size < 40 ? 4.4 : 2.6;
  return (
    <svg
      className={styles.window}
      width={size}
      height={size}
      viewBox="0 0 100 100"
      role={decorative ? 'presentation' : 'img'}
      aria-hidden={decorative ? true : undefined}
      aria-label={words}
    >
      {/* Daylight falls in from the upper left. */}
      <linearGradient id={light} x1="0" y1="0" x2="0.9" y2="1">
        <stop offset="0" stopColor="white" stopOpacity="0.3" />
        <stop offset="0.6" stopColor="white" stopOpacity="0" />
      </linearGradient>
      <clipPath id={clip}>
        <circle cx="50" cy="50" r="48" />
      </clipPath>
      <g clipPath={`url(#${clip})`} strokeWidth={lead}>
        {panes.map((pane) => (
          <polygon
            key={pane.points}
            points={pane.points}
            className={styles.pane}
            data-family={pane.family ?? 'clear'}
            data-tint={pane.tint}
          />
        ))}
        <rect width="100" height="100" fill={`url(#${light})`} />
      </g>
      <circle cx="50" cy="50" r="48" className={styles.frame} strokeWidth={lead} />
    </svg>
  );
}
