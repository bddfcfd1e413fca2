import type { JourneyState as State } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';

const tones: Readonly<Record<State, Tone>> = {
  draft: 'quiet',
  live: 'good',
  paused: 'warn',
  draining: 'busy',
  archived: 'quiet',
};

export function JourneyState({ state }: { state: State }) {
  const { t } = useTranslation();
  return <StatusBadge tone={tones[state]}>{t(`journeys.state.${state}`)}</StatusBadge>;
}
