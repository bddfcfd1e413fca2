import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import styles from './Builder.module.css';

interface ShareBarProps {
  /** People who pass this part alone, and those of them who are in the whole. */
  readonly alone: number;
  readonly together: number;
  readonly total: number;
  readonly waiting: boolean;
}

/** How many pass one part: alone as the pale bar, together with everything else as the dark one. */
export function ShareBar({ alone, together, total, waiting }: ShareBarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const share = (count: number) => `${total === 0 ? 0 : (100 * count) / total}%`;
  return (
    <div className={styles.share} data-waiting={waiting ? '' : undefined}>
      <div className={styles.track} aria-hidden="true">
        {alone === 0 ? null : <span className={styles.alone} style={{ width: share(alone) }} />}
        {together === 0 ? null : <span className={styles.together} style={{ width: share(together) }} />}
      </div>
      <span className={styles.shareWords}>
        {t('segments.share', {
          alone,
          together,
          percent: format.percent(total === 0 ? 0 : alone / total),
        })}
      </span>
    </div>
  );
}
