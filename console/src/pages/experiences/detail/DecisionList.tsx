import { Text } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { DecisionsAnswer } from '@vitrail/contracts';
import { useApi } from '../../../api/context.tsx';
import { experienceNamesQuery } from '../../../api/experiences.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import styles from '../Experiences.module.css';
import { fieldWords, isField } from '../fieldWords.ts';
import { useSegmentNames } from '../useSegmentNames.ts';

type LeftOut = DecisionsAnswer['leftOut'][number];

/** Why one does not show, in words. */
function useReasonWords() {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useSegmentNames();
  return ({ reason, detail }: LeftOut): string => {
    switch (reason) {
      case 'condition':
        return t('decision.reason.condition', { field: isField(detail) ? t(fieldWords[detail]) : detail });
      case 'not_in_segment':
      case 'excluded':
        return t(`decision.reason.${reason}`, {
          segments: format.list(detail.split(', ').map((id) => t('decision.quoted', { text: nameOf(id) }))),
        });
      case 'visitors':
        return t(detail === 'known' ? 'decision.reason.onlyKnown' : 'decision.reason.onlyAnonymous');
      case 'capped':
        return t(
          detail === 'visit'
            ? 'decision.reason.cappedVisit'
            : detail === 'person'
              ? 'decision.reason.cappedPerson'
              : 'decision.reason.cappedPeriod',
        );
      case 'other_site':
      case 'group':
        return t(`decision.reason.${reason}`, { name: detail });
      default:
        return t(`decision.reason.${reason}`);
    }
  };
}

interface DecisionListProps {
  readonly answer: DecisionsAnswer;
  /** The key of the one that is asked about; it stands first. */
  readonly own?: string;
}

/** Every experience that runs: shown, or why not. */
export function DecisionList({ answer, own }: DecisionListProps) {
  const { t } = useTranslation();
  const reasonOf = useReasonWords();
  const known = useQuery(experienceNamesQuery(useApi())).data ?? [];
  const rows = [
    ...answer.decisions.map(({ key, variant }) => ({
      key,
      isShown: variant !== '',
      why: variant === '' ? t('decision.control') : t('decision.shown', { variant }),
    })),
    ...answer.leftOut.map((one) => ({ key: one.key, isShown: false, why: reasonOf(one) })),
  ].toSorted((one, other) => Number(other.key === own) - Number(one.key === own));
  if (rows.length === 0) return <Text size="sm">{t('decision.nothingRuns')}</Text>;
  return (
    <ul className={styles.decisions} data-testid="decisions">
      {rows.map(({ key, isShown, why }) => {
        const one = known.find(({ definition }) => definition.key === key);
        return (
          <li key={key} data-own={key === own ? '' : undefined}>
            {isShown ? (
              <IconCheck size={18} aria-hidden="true" className={styles.shown} />
            ) : (
              <IconX size={18} aria-hidden="true" className={styles.quiet} />
            )}
            <span>
              {one === undefined ? (
                key
              ) : (
                <Link to="/website/experiences/$id" params={{ id: one.id }}>
                  {one.definition.name}
                </Link>
              )}
              <br />
              <span className={isShown ? styles.shown : styles.quiet}>{why}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
