import type { PredictionReason } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import styles from './Predictions.module.css';

/** Each reason as a sentence; of one customer `no_orders` is about them, not about the shop. */
export function Reasons({ reasons, ofOne = false }: { reasons: readonly PredictionReason[]; ofOne?: boolean }) {
  const { t } = useTranslation();
  if (reasons.length === 0) return null;
  return (
    <ul className={styles.reasons}>
      {reasons.map((reason) => (
        <li key={reason}>{t(ofOne && reason === 'no_orders' ? 'forecast.notOrdered' : `forecast.reason.${reason}`)}</li>
      ))}
    </ul>
  );
}
