import { ActionIcon, Anchor, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { waysOf } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import type { CanvasProps } from '../canvas/JourneyCanvas.tsx';
import { StepIcon } from '../canvas/StepIcon.tsx';
import { orderOf, type Place } from '../draft.ts';
import styles from '../Journeys.module.css';
import { useStepWords } from '../useStepWords.ts';

/** The same journey as a list: every step, in order, with its ways; all of it by keyboard. */
export function StepList({ definition, numbers, selected, onSelect, onAdd }: CanvasProps) {
  const { t } = useTranslation();
  const words = useStepWords();
  const order = orderOf(definition);
  const placeOf = (id: string): string => String(order.indexOf(id) + 2);
  const add = (place: Place, name: string) =>
    onAdd === null ? null : (
      <Tooltip label={t('journeys.addAfter')}>
        <ActionIcon
          size="xs"
          variant="default"
          aria-label={`${t('journeys.addAfter')}${name === '' ? '' : `: ${name}`}`}
          onClick={() => onAdd(place)}
        >
          <IconPlus size={12} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
    );
  return (
    <ol className={styles.rows} aria-label={t('journeys.listView')}>
      <li className={styles.row}>
        <UnstyledButton
          className={styles.rowButton}
          data-selected={selected === 'trigger'}
          aria-pressed={selected === 'trigger'}
          onClick={() => onSelect('trigger')}
        >
          <StepIcon kind="trigger" />
          <span className={styles.rowWords}>
            <Text size="sm" fw={600}>
              1. {t(`journeys.trigger.${definition.trigger.kind}`)}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {words.trigger(definition)}
            </Text>
          </span>
        </UnstyledButton>
        <div className={styles.ways}>
          <span>
            {t('journeys.goesTo', { step: placeOf(definition.start) })} {add({ from: null, way: 0 }, '')}
          </span>
        </div>
      </li>
      {order.map((id) => {
        const node = definition.nodes[id];
        if (node === undefined) return null;
        const counted = numbers?.nodes[id];
        return (
          <li key={id} className={styles.row}>
            <UnstyledButton
              className={styles.rowButton}
              data-selected={selected === id}
              aria-pressed={selected === id}
              onClick={() => onSelect(id)}
            >
              <StepIcon kind={node.kind} />
              <span className={styles.rowWords}>
                <Text size="sm" fw={600}>
                  {placeOf(id)}. {words.title(node)}
                </Text>
                <Text size="xs" c="dimmed" truncate>
                  {words.detail(node)}
                </Text>
              </span>
              {counted === undefined ? null : (
                <span className={styles.rowNumber}>
                  {t('journeys.here', { waiting: counted.waiting, passed: counted.passed })}
                </span>
              )}
            </UnstyledButton>
            <div className={styles.ways}>
              {waysOf(node).map(({ to, name }, way) => (
                <span key={`${name}/${to}`}>
                  {name === '' ? '' : `${words.way(name)}: `}
                  <Anchor component="button" type="button" size="xs" onClick={() => onSelect(to)}>
                    {t('journeys.goesTo', { step: placeOf(to) })}
                  </Anchor>{' '}
                  {add({ from: id, way }, words.way(name))}
                </span>
              ))}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
