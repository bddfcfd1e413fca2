import type { ExperienceState } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';

const tones: Readonly<Record<ExperienceState, Tone>> = {
  draft: 'quiet',
  running: 'good',
  stopped: 'warn',
  archived: 'quiet',
};

export function ExperienceStateBadge({ state }: { state: ExperienceState }) {
  const { t } = useTranslation();
  return <StatusBadge tone={tones[state]}>{t(`experiences.state.${state}`)}</StatusBadge>;
}
