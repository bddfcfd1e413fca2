import { SegmentedControl } from '@mantine/core';
import type { MatchKind } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';

/** People, or the companies they work for. */
export function KindSwitch({ kind, onChange }: { kind: MatchKind; onChange: (kind: MatchKind) => void }) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      aria-label={t('matching.kind')}
      value={kind}
      onChange={(value) => onChange(value === 'company' ? 'company' : 'people')}
      data={[
        { value: 'people', label: t('matching.people') },
        { value: 'company', label: t('matching.companies') },
      ]}
    />
  );
}
