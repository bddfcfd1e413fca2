import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useFormat, useNow } from '../../../ui/format/FormatProvider.tsx';
import type { Panel } from '../form/draft.ts';
import styles from './Preview.module.css';

type Block = Panel['blocks'][number];
/** A cart half as full as its goal stands for the visitor's. */
const cartShare = 0.5;
const twoDaysMs = 2 * 86_400_000;

/** What a block says, with examples for what only the shop's page knows. */
export function BlockPicture({ block, language }: { block: Block; language: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  switch (block.type) {
    case 'countdown':
      return <CountdownPicture block={block} />;
    case 'remaining': {
      const missing = block.goal * (1 - cartShare);
      const value = block.field === 'cart.items' ? format.number(Math.ceil(missing)) : (format.money(missing) ?? '');
      return (
        <div>
          <p className={styles.note}>{t('experiences.remainingSample', { value })}</p>
          <div className={styles.track}>
            <div style={{ inlineSize: `${cartShare * 100}%` }} />
          </div>
        </div>
      );
    }
    case 'recommendations':
    case 'recently_viewed': {
      const heading = block.heading[language] ?? Object.values(block.heading)[0] ?? '';
      return (
        <div className={styles.list}>
          {heading === '' ? null : <p className={styles.note}>{heading}</p>}
          <ul>
            {Array.from({ length: Math.min(4, block.count) }, (_, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: examples have no other name than their place
              <li key={at}>
                <span />
                {t('experiences.sampleProduct', { number: format.number(at + 1) })}
              </li>
            ))}
          </ul>
        </div>
      );
    }
    case 'stars':
      return <p className={styles.note}>★★★★☆ {t('experiences.sampleStars')}</p>;
    case 'social_proof':
      return (
        <p className={styles.note}>
          {t(`experiences.sampleProof.${block.act}`, {
            people: format.number(block.minimum),
            hours: format.number(block.hours),
          })}
        </p>
      );
    case 'loyalty':
      return <p className={styles.note}>{t('experiences.samplePoints')}</p>;
    case 'image':
      return <div className={styles.image}>{block.alt === '' ? t('experiences.block.image') : block.alt}</div>;
  }
}

function CountdownPicture({ block }: { block: Extract<Block, { type: 'countdown' }> }) {
  const { t } = useTranslation();
  const now = useNow(1_000);
  // Of an offer only its end counts, which the page is told.
  const left = block.until === undefined ? twoDaysMs : Date.parse(block.until) - now.getTime();
  const seconds = Math.max(0, Math.floor(left / 1_000));
  if (seconds === 0) return <p className={styles.note}>{t('experiences.countdownOver')}</p>;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const clock = [(seconds % 86_400) / 3_600, (seconds % 3_600) / 60, seconds % 60].map(two).join(':');
  return (
    <p className={styles.clock} aria-live="off">
      {t('experiences.countdownDays', { days: Math.floor(seconds / 86_400), clock })}
    </p>
  );
}
