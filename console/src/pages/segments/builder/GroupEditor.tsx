import { ActionIcon, Button, Group, SegmentedControl, Tooltip } from '@mantine/core';
import { IconBrackets, IconTrash, IconUserOff } from '@tabler/icons-react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import type { DraftGroup } from '../draft/draft.ts';
import { AddCondition } from './AddCondition.tsx';
import styles from './Builder.module.css';
import { ConditionRow } from './ConditionRow.tsx';
import { useBuilder } from './context.tsx';
import { ShareBar } from './ShareBar.tsx';

/** Conditions joined by "all" or "at least one", and groups within. */
export function GroupEditor({ group, depth }: { group: DraftGroup; depth: number }) {
  const { t } = useTranslation();
  const { dispatch, counts } = useBuilder();
  const count = depth === 0 || group.of.length < 2 ? null : counts.of(group.key);
  const isWhole = depth === 0;
  return (
    <section
      className={isWhole ? styles.whole : styles.group}
      data-negated={group.negated ? '' : undefined}
      aria-label={t(isWhole ? 'segments.group.whole' : 'segments.group.part')}
    >
      <Group gap="xs" justify="space-between" className={styles.groupHead}>
        <Group gap="xs">
          <span className={styles.groupWords}>{t(group.negated ? 'segments.group.not' : 'segments.group.people')}</span>
          <SegmentedControl
            size="xs"
            aria-label={t('segments.group.join')}
            value={group.join}
            onChange={(join) => dispatch({ do: 'join', key: group.key, join: join === 'any' ? 'any' : 'all' })}
            data={[
              { value: 'all', label: t('segments.group.all') },
              { value: 'any', label: t('segments.group.any') },
            ]}
          />
        </Group>
        <Group gap={2}>
          <Tooltip label={t(group.negated ? 'segments.do.affirmGroup' : 'segments.do.negateGroup')}>
            <ActionIcon
              aria-label={t(group.negated ? 'segments.do.affirmGroup' : 'segments.do.negateGroup')}
              aria-pressed={group.negated}
              onClick={() => dispatch({ do: 'negate', key: group.key })}
            >
              <IconUserOff size={16} aria-hidden="true" />
            </ActionIcon>
          </Tooltip>
          {isWhole ? null : (
            <ActionIcon
              aria-label={t('segments.do.removeGroup')}
              onClick={() => dispatch({ do: 'remove', key: group.key })}
            >
              <IconTrash size={16} aria-hidden="true" />
            </ActionIcon>
          )}
        </Group>
      </Group>
      {count === null ? null : (
        <ShareBar alone={count.alone} together={count.together} total={counts.total} waiting={counts.waiting} />
      )}
      {group.of.length === 0 ? null : (
        <ol className={styles.parts}>
          {group.of.map((part, at) => (
            <li key={part.key}>
              {at === 0 ? null : <span className={styles.join}>{t(`segments.join.${group.join}`)}</span>}
              {part.kind === 'leaf' ? <ConditionRow leaf={part} /> : <GroupEditor group={part} depth={depth + 1} />}
            </li>
          ))}
        </ol>
      )}
      <Group gap="xs">
        <AddCondition
          group={group.key}
          hint={t(isWhole && group.of.length === 0 ? 'segments.add.first' : 'segments.add.more')}
        />
        {depth >= 6 || (isWhole && group.of.length === 0) ? null : (
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            leftSection={<IconBrackets size={14} aria-hidden="true" />}
            onClick={() => dispatch({ do: 'addGroup', group: group.key })}
          >
            {t('segments.do.addGroup')}
          </Button>
        )}
      </Group>
    </section>
  );
}
