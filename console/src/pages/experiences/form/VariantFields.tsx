import { Button, Group, NumberInput, Select, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ExperienceContent } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import styles from '../Experiences.module.css';
import { ChangeFields } from './ChangeFields.tsx';
import { addVariant, evenly, isPersonal, type Kind, kinds, type Variant, withKind } from './draft.ts';
import { type ContentProps, useExperienceForm } from './formContext.tsx';
import { PanelFields } from './PanelFields.tsx';

interface VariantFieldsProps {
  /** Which of them is written and shown in the preview. */
  readonly at: number;
  readonly onSelect: (at: number) => void;
}

/** What it puts on the page: one way, or several that are compared. */
export function VariantFields({ at, onSelect }: VariantFieldsProps) {
  const { t } = useTranslation();
  const { draft, change, errorAt, disabled } = useExperienceForm();
  const { variants } = draft;
  const variant = variants[at] ?? variants[0];
  if (variant === undefined) return null;
  const put = (part: Partial<Variant>): void =>
    change({ variants: variants.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  return (
    <Card title={t('experiences.what')} note={t('experiences.whatNote')}>
      <Tabs value={String(at)} onChange={(next) => onSelect(Number(next ?? 0))}>
        <Group justify="space-between" align="end" mb="md" gap="xs">
          <Tabs.List>
            {variants.map((one, index) => (
              <Tabs.Tab key={one.key} value={String(index)}>
                {t('experiences.variant', { name: one.name })}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {disabled || variants.length >= 10 ? null : (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPlus size={14} aria-hidden="true" />}
              onClick={() => {
                change({ variants: addVariant(variants) });
                onSelect(variants.length);
              }}
            >
              {t('experiences.addVariant')}
            </Button>
          )}
        </Group>
        <Tabs.Panel value={String(at)}>
          <Stack gap="md">
            {variants.length < 2 ? null : (
              <Group align="end" gap="md">
                <TextInput
                  label={t('experiences.variantName')}
                  maxLength={80}
                  disabled={disabled}
                  value={variant.name}
                  error={errorAt(`variants.${at}.name`)}
                  onChange={(event) => put({ name: event.currentTarget.value })}
                />
                <NumberInput
                  label={t('experiences.weight')}
                  suffix=" %"
                  min={1}
                  max={99}
                  w={120}
                  disabled={disabled}
                  value={Math.round(variant.weight * 1_000) / 10}
                  onChange={(next) => put({ weight: Number(next) / 100 })}
                />
                {disabled ? null : (
                  <Button
                    variant="default"
                    onClick={() => {
                      change({ variants: evenly(variants.filter((_, index) => index !== at)) });
                      onSelect(0);
                    }}
                  >
                    {t('experiences.removeVariant', { name: variant.name })}
                  </Button>
                )}
              </Group>
            )}
            <Select
              label={t('experiences.kindTitle')}
              disabled={disabled}
              value={variant.content.kind}
              data={kinds.map((kind) => ({ value: kind, label: t(`experiences.kind.${kind}`) }))}
              onChange={(next) => {
                const kind: Kind = kinds.find((one) => one === next) ?? 'bar';
                put({ content: withKind(variant.content, kind) });
              }}
            />
            <ContentFields
              key={variant.key}
              content={variant.content}
              onChange={(content) => put({ content })}
              errorAt={(path) => errorAt(`variants.${at}.content.${path}`)}
              disabled={disabled}
            />
          </Stack>
        </Tabs.Panel>
      </Tabs>
      {errorAt('variants') === undefined ? null : (
        <Text c="red" size="sm" mt="sm" role="alert">
          {errorAt('variants')}
        </Text>
      )}
      <div className={styles.control}>
        <NumberInput
          label={t('experiences.control')}
          description={t('experiences.controlHint')}
          suffix=" %"
          min={0}
          max={50}
          maw={220}
          disabled={disabled}
          value={Math.round(draft.control * 1_000) / 10}
          error={errorAt('control')}
          onChange={(next) => change({ control: (Number(next) || 0) / 100 })}
        />
        {isPersonal(draft) ? (
          <Text size="sm" c="dimmed" mt="sm" role="status">
            {t('experiences.onlyAllowed')}
          </Text>
        ) : null}
      </div>
    </Card>
  );
}

/** What one variant puts on the page, whatever its kind. */
export function ContentFields({ content, onChange, errorAt, disabled }: ContentProps<ExperienceContent>) {
  const { t } = useTranslation();
  switch (content.kind) {
    case 'redirect':
      return (
        <TextInput
          label={t('experiences.to')}
          description={t('experiences.linkHint')}
          required
          maxLength={2_000}
          disabled={disabled}
          value={content.to}
          error={errorAt('to')}
          onChange={(event) => onChange({ ...content, to: event.currentTarget.value })}
        />
      );
    case 'change':
      return <ChangeFields content={content} onChange={onChange} errorAt={errorAt} disabled={disabled} />;
    default:
      return <PanelFields content={content} onChange={onChange} errorAt={errorAt} disabled={disabled} />;
  }
}
