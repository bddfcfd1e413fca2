import { Button, Kbd, Text } from '@mantine/core';
import { IconArrowBackUp, IconArrowsJoin, IconArrowsSplit, IconHelp } from '@tabler/icons-react';
import type { Decision, ReviewDetail } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import styles from './Review.module.css';
import type { Letters } from './shortcuts.ts';
import type { Made } from './useDesk.ts';

interface DecisionBarProps {
  readonly review: Pick<ReviewDetail, 'reason'> | undefined;
  /** Not while the question is on its way, nor when it is decided. */
  readonly ready: boolean;
  readonly letters: Letters;
  /** Shortcuts are shown where they work. */
  readonly keys: boolean;
  readonly last: Made | undefined;
  readonly onDecide: (decision: Decision) => void;
  readonly onUndo: () => void;
}

const icons = { merge: IconArrowsJoin, distinct: IconArrowsSplit, unsure: IconHelp } as const;

/** The three answers, and the way back from the last one. Stays in view. */
export function DecisionBar({ review, ready, letters, keys, last, onDecide, onUndo }: DecisionBarProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('review.answers')}>
      <div className={styles.answers}>
        {(['merge', 'distinct', 'unsure'] as const).map((decision) => {
          const Icon = icons[decision];
          return (
            <Button
              key={decision}
              size="md"
              className={styles.answer}
              classNames={{ inner: styles.answerInner, section: styles.answerSign, label: styles.answerLabel }}
              variant={decision === 'merge' ? 'filled' : 'default'}
              disabled={!ready}
              onClick={() => onDecide(decision)}
              leftSection={<Icon size={18} aria-hidden="true" />}
              rightSection={
                keys ? (
                  <Kbd size="xs" className={styles.kbd} aria-hidden="true">
                    {letters[decision]}
                  </Kbd>
                ) : undefined
              }
              {...(keys ? { 'aria-keyshortcuts': letters[decision] } : {})}
            >
              {t(
                review?.reason === 'check' && decision === 'merge' ? 'review.keepMerged' : `review.answer.${decision}`,
              )}
            </Button>
          );
        })}
      </div>
      {last === undefined ? null : (
        <div className={styles.last}>
          <Text size="sm" className={styles.lastText}>
            {t(`review.did.${last.decision}`)} <span className={styles.quiet}>{last.names}</span>
          </Text>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={onUndo}
            leftSection={<IconArrowBackUp size={16} aria-hidden="true" />}
            rightSection={
              keys ? (
                <Kbd size="xs" className={styles.kbd} aria-hidden="true">
                  {letters.undo}
                </Kbd>
              ) : undefined
            }
            {...(keys ? { 'aria-keyshortcuts': letters.undo } : {})}
          >
            {t('review.undo')}
          </Button>
        </div>
      )}
    </div>
  );
}
