import { useQuery } from '@tanstack/react-query';
import type { ConditionOf, SegmentCondition } from '@vitrail/contracts';
import { useApi } from '../../../api/context.tsx';
import { outsideSegmentsQuery, partnersQuery } from '../../../api/outside.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useWords } from '../builder/vocabulary.tsx';
import { Pick, Word } from './Inline.tsx';
import { Labelled } from './Labelled.tsx';

interface OutsideFieldsProps {
  readonly condition: ConditionOf<'outside'>;
  readonly onChange: (condition: SegmentCondition) => void;
}

/** A partner, and one of the segments it speaks of. */
export function OutsideFields({ condition, onChange }: OutsideFieldsProps) {
  const { t } = useTranslation();
  const api = useApi();
  const { names } = useWords();
  const partners = useQuery(partnersQuery(api)).data?.items ?? [];
  const id = partners.find(({ key }) => key === condition.provider)?.id;
  const known = (useQuery(outsideSegmentsQuery(api)).data?.items ?? [])
    .filter(({ provider }) => provider === id)
    .map(({ segment }) => segment);
  return (
    <>
      <Labelled label={t('segments.row.partner')}>
        <Pick
          label={t('segments.row.partner')}
          value={condition.provider}
          choices={Object.entries(names.outside ?? {}).map(([value, label]) => ({ value, label }))}
          onPick={(provider) => onChange({ ...condition, provider })}
        />
      </Labelled>
      <Labelled label={t('segments.row.outside')}>
        <Word
          label={t('segments.row.outside')}
          value={condition.segment}
          known={known}
          placeholder={t('segments.field.value')}
          onChange={(segment) => onChange({ ...condition, segment })}
        />
      </Labelled>
    </>
  );
}
