import type { Experiment } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';

const tones = { draft: 'quiet', running: 'good', stopped: 'warn', archived: 'quiet' } as const;

export function ExperimentState({ state }: Pick<Experiment, 'state'>) {
  const { t } = useTranslation();
  return <StatusBadge tone={tones[state]}>{t(`experiments.state.${state}`)}</StatusBadge>;
}
