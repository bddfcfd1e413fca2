import type { Lookalike } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';

const tones: Readonly<Record<Lookalike['state'], Tone>> = {
  queued: 'busy',
  running: 'busy',
  ready: 'good',
  refused: 'warn',
  failed: 'bad',
};

export function LookalikeState({ lookalike }: { lookalike: Pick<Lookalike, 'state'> }) {
  const { t } = useTranslation();
  return <StatusBadge tone={tones[lookalike.state]}>{t(`lookalikes.state.${lookalike.state}`)}</StatusBadge>;
}
