import { Stack, Tabs, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { languages, type Panel, type Texts } from './draft.ts';
import type { ContentProps } from './formContext.tsx';

/** What it says, in each language. */
export function TextFields({ content, onChange, errorAt, disabled }: ContentProps<Panel>) {
  const { t, language } = useTranslation();
  const format = useFormat();
  const shown = [...new Set([language, ...languages, ...Object.keys(content.texts)])];
  const change = (one: string, part: Partial<Texts>): void =>
    onChange({ ...content, texts: { ...content.texts, [one]: { ...content.texts[one], ...part } } });
  const problem = errorAt('texts');
  return (
    <div>
      <Tabs defaultValue={language}>
        <Tabs.List mb="sm" aria-label={t('experiences.texts')}>
          {shown.map((one) => (
            <Tabs.Tab key={one} value={one} lang={one}>
              {format.name(one, 'language')}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {shown.map((one) => {
          const words = content.texts[one] ?? {};
          return (
            <Tabs.Panel key={one} value={one}>
              <Stack gap="sm">
                <TextInput
                  label={t('experiences.title')}
                  maxLength={120}
                  disabled={disabled}
                  value={words.title ?? ''}
                  error={problem}
                  onChange={(event) => change(one, { title: event.currentTarget.value })}
                />
                <Textarea
                  label={t('experiences.body')}
                  autosize
                  minRows={2}
                  maxLength={2_000}
                  disabled={disabled}
                  value={words.body ?? ''}
                  onChange={(event) => change(one, { body: event.currentTarget.value })}
                />
                <TextInput
                  label={t('experiences.button')}
                  maxLength={120}
                  disabled={disabled}
                  value={words.button ?? ''}
                  onChange={(event) => change(one, { button: event.currentTarget.value })}
                />
                <TextInput
                  label={t('experiences.close')}
                  description={t('experiences.closeHint')}
                  maxLength={120}
                  disabled={disabled}
                  value={words.close ?? ''}
                  onChange={(event) => change(one, { close: event.currentTarget.value })}
                />
              </Stack>
            </Tabs.Panel>
          );
        })}
      </Tabs>
      <Text size="xs" c="dimmed" mt={6}>
        {t('experiences.textsNote')}
      </Text>
    </div>
  );
}
