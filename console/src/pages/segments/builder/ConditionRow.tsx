import { ActionIcon, Menu, Text, UnstyledButton } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconBrackets,
  IconChevronDown,
  IconCopy,
  IconDots,
  IconTrash,
  IconUserOff,
} from '@tabler/icons-react';
import { describeCondition } from '@vitrail/contracts';
import { useId } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { isComplete } from '../draft/complete.ts';
import type { DraftLeaf } from '../draft/draft.ts';
import styles from './Builder.module.css';
import { ConditionFields } from './ConditionFields.tsx';
import { useBuilder } from './context.tsx';
import { ShareBar } from './ShareBar.tsx';
import { useWords } from './vocabulary.tsx';

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** One condition: said in words, with how many pass it; opened, the form that changes it. */
export function ConditionRow({ leaf }: { leaf: DraftLeaf }) {
  const { t } = useTranslation();
  const words = useWords();
  const { dispatch, open, onOpen, counts, problems } = useBuilder();
  const id = useId();
  const isOpen = open === leaf.key;
  const complete = isComplete(leaf.condition);
  const said = complete
    ? capital(
        describeCondition(
          leaf.negated ? { kind: 'not', of: leaf.condition } : leaf.condition,
          words.language,
          words.names,
        ),
      )
    : t(leaf.negated ? 'segments.unfinishedNot' : 'segments.unfinished', {
        what:
          leaf.condition.kind === 'trait'
            ? words.label('trait', leaf.condition.trait)
            : t(`segments.kind.${leaf.condition.kind}`),
      });
  const count = complete ? counts.of(leaf.key) : null;
  const found = problems.filter((problem) => problem.key === leaf.key);
  return (
    <div
      className={styles.condition}
      data-open={isOpen ? '' : undefined}
      data-problem={found.length > 0 ? '' : undefined}
    >
      <div className={styles.head}>
        <UnstyledButton
          className={styles.said}
          aria-expanded={isOpen}
          aria-controls={`${id}-fields`}
          onClick={() => onOpen(isOpen ? null : leaf.key)}
          data-condition={leaf.key}
        >
          <IconChevronDown size={16} aria-hidden="true" className={styles.chevron} />
          <span data-unfinished={complete ? undefined : ''}>{said}</span>
        </UnstyledButton>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('segments.more', { what: said })}>
              <IconDots size={16} aria-hidden="true" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconUserOff size={16} aria-hidden="true" />}
              onClick={() => dispatch({ do: 'negate', key: leaf.key })}
            >
              {t(leaf.negated ? 'segments.do.affirm' : 'segments.do.negate')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconBrackets size={16} aria-hidden="true" />}
              onClick={() => dispatch({ do: 'wrap', key: leaf.key })}
            >
              {t('segments.do.wrap')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconCopy size={16} aria-hidden="true" />}
              onClick={() => dispatch({ do: 'duplicate', key: leaf.key })}
            >
              {t('segments.do.duplicate')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowUp size={16} aria-hidden="true" />}
              onClick={() => dispatch({ do: 'move', key: leaf.key, by: -1 })}
            >
              {t('segments.do.up')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowDown size={16} aria-hidden="true" />}
              onClick={() => dispatch({ do: 'move', key: leaf.key, by: 1 })}
            >
              {t('segments.do.down')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <ActionIcon
          aria-label={t('segments.do.remove', { what: said })}
          onClick={() => dispatch({ do: 'remove', key: leaf.key })}
        >
          <IconTrash size={16} aria-hidden="true" />
        </ActionIcon>
      </div>
      {found.map(({ text }) => (
        <Text key={text} size="xs" c="red" role="alert" className={styles.note}>
          {text}
        </Text>
      ))}
      {count === null ? null : (
        <div className={styles.note}>
          <ShareBar alone={count.alone} together={count.together} total={counts.total} waiting={counts.waiting} />
        </div>
      )}
      <div id={`${id}-fields`} hidden={!isOpen}>
        {isOpen ? (
          <ConditionFields
            condition={leaf.condition}
            onChange={(condition) => dispatch({ do: 'edit', key: leaf.key, condition })}
          />
        ) : null}
      </div>
    </div>
  );
}
