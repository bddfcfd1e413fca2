import '@mantine/core/styles/Slider.css';
import { Slider, Text } from '@mantine/core';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { placeOf, reachAt, reaches } from './curve.ts';
import styles from './Lookalikes.module.css';

interface ReachSliderProps {
  readonly reach: number;
  readonly onChange: (reach: number) => void;
  /** What the chosen reach means, in words. */
  readonly said: string;
  readonly disabled?: boolean;
}

/** From few and very like to many and less like. */
export function ReachSlider({ reach, onChange, said, disabled = false }: ReachSliderProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const last = reaches.length - 1;
  return (
    <div className={styles.slider}>
      <Text size="sm" fw={500} component="div">
        {t('lookalikes.reach')}: {t('lookalikes.reachText', { share: format.percent(reach) })}
      </Text>
      <Slider
        min={0}
        max={last}
        step={1}
        value={placeOf(reach)}
        onChange={(place) => onChange(reachAt(place))}
        disabled={disabled}
        color="lead"
        label={(place) => format.percent(reachAt(place))}
        thumbProps={{ 'aria-label': t('lookalikes.reach'), 'aria-valuetext': said }}
        thumbLabel={t('lookalikes.reach')}
      />
      <div className={styles.ends} aria-hidden="true">
        <span>{t('lookalikes.fewer')}</span>
        <span>{t('lookalikes.more')}</span>
      </div>
      <Text role="status" fw={600}>
        {said}
      </Text>
    </div>
  );
}
