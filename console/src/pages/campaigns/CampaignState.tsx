import type { Campaign } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';

const tones: Readonly<Record<Campaign['state'], Tone>> = {
  draft: 'quiet',
  scheduled: 'quiet',
  freezing: 'busy',
  sending: 'busy',
  paused: 'warn',
  done: 'good',
  cancelled: 'quiet',
  failed: 'bad',
};

export function CampaignState({ state }: Pick<Campaign, 'state'>) {
  const { t } = useTranslation();
  return <StatusBadge tone={tones[state]}>{t(`campaigns.state.${state}`)}</StatusBadge>;
}
