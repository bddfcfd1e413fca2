import { ActionIcon, NumberInput, Select } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { channels, engagementLevels, type FrequencyCap } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import styles from './SendingRules.module.css';

interface CapRowProps {
  readonly cap: FrequencyCap;
  /** Its place, from 1. */
  readonly number: number;
  readonly onChange: (cap: FrequencyCap) => void;
  readonly onRemove: () => void;
}

/** "At most 7 e-mails in 7 days, for everyone." */
export function CapRow({ cap, number, onChange, onRemove }: CapRowProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.cap}>
      <legend className={styles.hidden}>{t('sendingRules.cap', { number })}</legend>
      <NumberInput
        label={t('sendingRules.max')}
        min={0}
        max={1_000}
        required
        value={cap.max}
        onChange={(value) => onChange({ ...cap, max: Number(value) || 0 })}
      />
      <Select
        label={t('sendingRules.channel')}
        allowDeselect={false}
        value={cap.channel ?? 'all'}
        onChange={(value) => onChange({ ...cap, channel: channels.find((each) => each === value) ?? null })}
        data={[
          { value: 'all', label: t('sendingRules.allChannels') },
          ...channels.map((value) => ({ value, label: t(`messages.channelOf.${value}`) })),
        ]}
      />
      <NumberInput
        label={t('sendingRules.days')}
        min={1}
        max={90}
        required
        value={cap.days}
        onChange={(value) => onChange({ ...cap, days: Number(value) || 7 })}
      />
      <Select
        label={t('sendingRules.engagement')}
        allowDeselect={false}
        value={cap.engagement ?? 'all'}
        onChange={(value) => onChange({ ...cap, engagement: engagementLevels.find((each) => each === value) ?? null })}
        data={[
          { value: 'all', label: t('sendingRules.everyone') },
          ...engagementLevels.map((value) => ({ value, label: t(`sendingRules.engagementOf.${value}`) })),
        ]}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('sendingRules.removeCap', { number })}
        onClick={onRemove}
      >
        <IconTrash size={16} aria-hidden="true" />
      </ActionIcon>
    </fieldset>
  );
}
