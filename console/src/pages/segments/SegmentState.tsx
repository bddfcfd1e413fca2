import type { SegmentSummary } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat, useNow } from '../../ui/format/FormatProvider.tsx';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';

const tones = { building: 'busy', live: 'good', stale: 'warn', archived: 'quiet' } as const satisfies Record<
  SegmentSummary['state'],
  Tone
>;

/** Whether memberships follow; a stale one says its age. */
export function SegmentState({ segment }: { segment: Pick<SegmentSummary, 'state' | 'evaluatedAt' | 'kind'> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const { state, evaluatedAt, kind } = segment;
  if (kind === 'list' && state === 'live') return <StatusBadge tone="good">{t('segments.state.kept')}</StatusBadge>;
  const age = state === 'stale' && evaluatedAt !== null ? ` · ${format.relative(evaluatedAt, now)}` : '';
  return (
    <StatusBadge tone={tones[state]}>
      {t(`segments.state.${state}`)}
      {age}
    </StatusBadge>
  );
}
