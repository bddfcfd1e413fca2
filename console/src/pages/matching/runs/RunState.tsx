import type { RunState as State } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { StatusBadge, type Tone } from '../../../ui/StatusBadge.tsx';

const tones: Readonly<Record<State, Tone>> = {
  queued: 'busy',
  running: 'busy',
  done: 'good',
  failed: 'bad',
  cancelled: 'warn',
  undoing: 'busy',
  undone: 'quiet',
};

export function RunState({ state }: { state: State }) {
  const { t } = useTranslation();
  return <StatusBadge tone={tones[state]}>{t(`matchRun.state.${state}`)}</StatusBadge>;
}
