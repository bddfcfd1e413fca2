import { Button, Code, Group, Stack, Text } from '@mantine/core';
import type { ExperienceContent, PickedElement } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { enoughContrast } from '../preview/contrast.ts';
import styles from './Editor.module.css';
import { pageContrast } from './pageContrast.ts';
import { type Change, changeOf, possibleChanges } from './pickedChanges.ts';

interface PickedCardProps {
  readonly picked: PickedElement;
  readonly content: ExperienceContent;
  readonly disabled: boolean;
  readonly onChange: (change: Change) => void;
  /** The element is where something of ours stands. */
  readonly onPlace: (selector: string) => void;
  /** The next element that is picked is the one to stand before. */
  readonly onMove: () => void;
}

/** What was picked, how it is found again, and what can be done to it. */
export function PickedCard({ picked, content, disabled, onChange, onPlace, onMove }: PickedCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { selector, tag, text, image, link, count, fragile } = picked;
  const ratio = text === '' ? null : pageContrast(picked.colours);
  return (
    <Card title={t('pageEditor.picked')}>
      <Stack gap="sm">
        <dl className={styles.facts} data-testid="picked">
          <dt>{t('pageEditor.element')}</dt>
          <dd>
            <Code>{tag}</Code>
          </dd>
          <dt>{t('pageEditor.selector')}</dt>
          <dd>
            <Code>{selector}</Code>
          </dd>
          {text === '' ? null : (
            <>
              <dt>{t('pageEditor.text')}</dt>
              <dd>{text.length > 160 ? `${text.slice(0, 160)}…` : text}</dd>
            </>
          )}
          {image === null ? null : (
            <>
              <dt>{t('pageEditor.image')}</dt>
              <dd>{image.src}</dd>
            </>
          )}
          {link === null ? null : (
            <>
              <dt>{t('pageEditor.link')}</dt>
              <dd>{link}</dd>
            </>
          )}
        </dl>
        <Text size="xs" c="dimmed">
          {fragile === null
            ? t('pageEditor.lasting', { count })
            : t(fragile === 'place' ? 'pageEditor.fragile.place' : 'pageEditor.fragile.generated')}
        </Text>
        {ratio === null || ratio >= enoughContrast ? null : (
          <Text size="xs" className={styles.warn}>
            {t('pageEditor.lowContrast', { ratio: format.number(Math.round(ratio * 10) / 10) })}
          </Text>
        )}
        {disabled ? null : content.kind === 'change' ? (
          <Group gap={6}>
            {possibleChanges(picked).map((action) => (
              <Button
                key={action}
                size="compact-sm"
                variant="default"
                onClick={() => (action === 'move' ? onMove() : onChange(changeOf(picked, action)))}
              >
                {t(`pageEditor.do.${action}`)}
              </Button>
            ))}
          </Group>
        ) : 'selector' in content ? (
          <Group>
            <Button size="compact-sm" variant="default" onClick={() => onPlace(selector)}>
              {t('pageEditor.placeHere')}
            </Button>
          </Group>
        ) : (
          <Text size="sm" c="dimmed">
            {t('pageEditor.noPlace')}
          </Text>
        )}
      </Stack>
    </Card>
  );
}
