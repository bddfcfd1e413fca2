import { Button, Fieldset, Group, Select, Stack, TextInput } from '@mantine/core';
import type { ExperienceContent } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import styles from '../Experiences.module.css';
import type { ContentProps } from './formContext.tsx';

type Changes = Extract<ExperienceContent, { kind: 'change' }>;
type Change = Changes['changes'][number];
const actions = ['text', 'image', 'link', 'attribute', 'hide', 'move'] as const satisfies Change['action'][];
const attributes = ['title', 'alt', 'placeholder', 'aria-label', 'class', 'value'] as const;

function withAction(change: Change, action: Change['action']): Change {
  const { selector } = change;
  const value = 'value' in change ? change.value : '';
  switch (action) {
    case 'text':
    case 'link':
      return { action, selector, value };
    case 'image':
      return { action, selector, value, alt: '' };
    case 'attribute':
      return { action, selector, name: 'title', value };
    case 'hide':
      return { action, selector };
    case 'move':
      return { action, selector, before: '' };
  }
}

/** What is changed of what is on the page already. */
export function ChangeFields({ content, onChange, errorAt, disabled }: ContentProps<Changes>) {
  const { t } = useTranslation();
  const { changes } = content;
  const put = (at: number, next: Change): void =>
    onChange({ ...content, changes: changes.map((one, index) => (index === at ? next : one)) });
  return (
    <Stack gap="sm">
      {changes.map((change, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: changes have no other name than their place
        <Fieldset key={at} legend={t('experiences.change', { number: at + 1 })} disabled={disabled}>
          <div className={styles.two}>
            <Select
              label={t('experiences.actionTitle')}
              value={change.action}
              onChange={(next) => put(at, withAction(change, actions.find((one) => one === next) ?? 'text'))}
              data={actions.map((action) => ({ value: action, label: t(`experiences.action.${action}`) }))}
            />
            <TextInput
              label={t('experiences.selector')}
              description={t('experiences.selectorHint')}
              required
              maxLength={300}
              value={change.selector}
              error={errorAt(`changes.${at}.selector`)}
              onChange={(event) => put(at, { ...change, selector: event.currentTarget.value })}
            />
            <ChangeValue
              change={change}
              onChange={(next) => put(at, next)}
              errorAt={(path) => errorAt(`changes.${at}.${path}`)}
            />
          </div>
          {changes.length < 2 ? null : (
            <Group mt="sm">
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => onChange({ ...content, changes: changes.filter((_, index) => index !== at) })}
              >
                {t('experiences.removeChange', { number: at + 1 })}
              </Button>
            </Group>
          )}
        </Fieldset>
      ))}
      {disabled || changes.length >= 30 ? null : (
        <Group>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => onChange({ ...content, changes: [...changes, { action: 'text', selector: '', value: '' }] })}
          >
            {t('experiences.addChange')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

interface ChangeValueProps {
  readonly change: Change;
  readonly onChange: (change: Change) => void;
  readonly errorAt: (path: string) => string | undefined;
}

function ChangeValue({ change, onChange, errorAt }: ChangeValueProps) {
  const { t } = useTranslation();
  switch (change.action) {
    case 'hide':
      return null;
    case 'move':
      return (
        <TextInput
          label={t('experiences.before')}
          required
          maxLength={300}
          value={change.before}
          error={errorAt('before')}
          onChange={(event) => onChange({ ...change, before: event.currentTarget.value })}
        />
      );
    case 'image':
      return (
        <>
          <TextInput
            label={t('experiences.src')}
            description={t('experiences.linkHint')}
            required
            value={change.value}
            error={errorAt('value')}
            onChange={(event) => onChange({ ...change, value: event.currentTarget.value })}
          />
          <TextInput
            label={t('experiences.alt')}
            description={t('experiences.altHint')}
            maxLength={300}
            value={change.alt}
            onChange={(event) => onChange({ ...change, alt: event.currentTarget.value })}
          />
        </>
      );
    case 'attribute':
      return (
        <>
          <Select
            label={t('experiences.attribute')}
            value={change.name}
            onChange={(next) => onChange({ ...change, name: attributes.find((one) => one === next) ?? 'title' })}
            data={[...attributes]}
          />
          <TextInput
            label={t('experiences.newValue')}
            maxLength={2_000}
            value={change.value}
            onChange={(event) => onChange({ ...change, value: event.currentTarget.value })}
          />
        </>
      );
    default:
      return (
        <TextInput
          label={t(change.action === 'link' ? 'experiences.to' : 'experiences.newText')}
          description={change.action === 'link' ? t('experiences.linkHint') : undefined}
          maxLength={2_000}
          value={change.value}
          error={errorAt('value')}
          onChange={(event) => onChange({ ...change, value: event.currentTarget.value })}
        />
      );
  }
}
