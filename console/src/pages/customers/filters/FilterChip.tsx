import { UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { describeCondition, describeSegment } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import styles from '../../../ui/table/FilterBar.module.css';
import { useWords } from '../../segments/builder/vocabulary.tsx';
import { isComplete } from '../../segments/draft/complete.ts';
import { type DraftPart, definitionOf } from '../../segments/draft/draft.ts';

/** A part of the filters in words; '' while it waits for its value. */
function useSaid(part: DraftPart): string {
  const { language, names } = useWords();
  if (part.kind === 'group') {
    const { definition } = definitionOf(part, ({ condition }) => !isComplete(condition));
    return describeSegment(definition, language, names);
  }
  if (!isComplete(part.condition)) return '';
  return describeCondition(part.negated ? { kind: 'not', of: part.condition } : part.condition, language, names);
}

interface FilterChipProps {
  readonly part: DraftPart;
  /** Its form is open: the element of this id. */
  readonly form: string | null;
  readonly onOpen: () => void;
  readonly onRemove: () => void;
}

/** One filter, said in words. */
export function FilterChip({ part, form, onOpen, onRemove }: FilterChipProps) {
  const { t } = useTranslation();
  const said = useSaid(part);
  const words = said === '' ? t('customers.filters.unfinished') : said;
  return (
    <span className={styles.chip} data-unfinished={said === '' ? '' : undefined}>
      <UnstyledButton
        className={styles.words}
        aria-expanded={form !== null}
        aria-controls={form ?? undefined}
        onClick={onOpen}
      >
        {words}
      </UnstyledButton>
      <UnstyledButton className={styles.remove} aria-label={t('filter.remove', { name: words })} onClick={onRemove}>
        <IconX size={13} aria-hidden="true" />
      </UnstyledButton>
    </span>
  );
}
