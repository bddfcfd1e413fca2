import type { Import } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';

const tones: Readonly<Record<Import['state'], Tone>> = {
  queued: 'quiet',
  running: 'busy',
  done: 'good',
  failed: 'bad',
  cancelled: 'warn',
};

export function ImportState({ state }: { state: Import['state'] }) {
  const { t } = useTranslation();
  return <StatusBadge tone={tones[state]}>{t(`importState.${state}`)}</StatusBadge>;
}
