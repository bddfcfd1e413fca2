import { Alert, Button, Group } from '@mantine/core';
import type { ExperienceContent } from '@vitrail/contracts';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import type { ContentProps } from '../form/formContext.tsx';
import { ContentFields } from '../form/VariantFields.tsx';
import styles from './Editor.module.css';
import { PickedCard } from './PickedCard.tsx';
import { type Change, changeOf, withChange } from './pickedChanges.ts';
import type { ShopPage } from './useShopPage.ts';

interface MakePanelProps extends Omit<ContentProps<ExperienceContent>, 'onChange'> {
  readonly shop: ShopPage;
  /** `about`: typing into one thing is one step on the way back. */
  readonly onChange: (content: ExperienceContent, about: string | null) => void;
}

/** What was picked and what is made of it; below, everything there is to write. */
export function MakePanel({ shop, content, onChange, errorAt, disabled }: MakePanelProps) {
  const { t } = useTranslation();
  const { picked, forgetPicked } = shop;
  /** What waits for the element that it shall stand before. */
  const [moving, setMoving] = useState<Change | null>(null);
  const add = (change: Change): void => {
    if (content.kind === 'change') onChange({ ...content, changes: withChange(content.changes, change) }, null);
    setMoving(null);
    forgetPicked();
  };
  const latest = useRef(add);
  useEffect(() => {
    latest.current = add;
  });
  useEffect(() => {
    if (picked !== null && moving?.action === 'move' && picked.selector !== moving.selector)
      latest.current({ ...moving, before: picked.selector });
  }, [picked, moving]);
  return (
    <div className={styles.side}>
      {moving === null ? null : (
        <Alert color="blue" variant="light" title={t('pageEditor.moving')} role="status">
          <Group>
            <Button size="compact-sm" variant="default" onClick={() => setMoving(null)}>
              {t('action.cancel')}
            </Button>
          </Group>
        </Alert>
      )}
      {picked === null || moving !== null ? null : (
        <PickedCard
          picked={picked}
          content={content}
          disabled={disabled}
          onChange={add}
          onPlace={(selector) => {
            if ('selector' in content) onChange({ ...content, selector }, null);
            forgetPicked();
          }}
          onMove={() => setMoving(changeOf(picked, 'move'))}
        />
      )}
      <Card title={t(`experiences.kind.${content.kind}`)} note={t('pageEditor.contentNote')}>
        <ContentFields
          content={content}
          onChange={(next) => onChange(next, 'fields')}
          errorAt={errorAt}
          disabled={disabled}
        />
      </Card>
    </div>
  );
}
