import { NumberInput, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from '../../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../../ui/format/FormatProvider.tsx';
import styles from '../../Experiences.module.css';
import { languages } from '../draft.ts';
import type { ContentProps } from '../formContext.tsx';
import { QuestionFields } from '../QuestionFields.tsx';
import { ConsentFields } from './ConsentFields.tsx';
import { CouponFields } from './CouponFields.tsx';
import type { Asking, Form } from './captureDraft.ts';
import { OutcomeFields } from './OutcomeFields.tsx';
import { SegmentFields } from './SegmentFields.tsx';

/** What is asked, what is agreed to, what it brings and how it ends. */
export function CaptureFields({ content, onChange, errorAt, disabled }: ContentProps<Asking>) {
  const shared = { errorAt, disabled };
  const questions = <QuestionFields content={content} onChange={onChange} {...shared} />;
  switch (content.kind) {
    case 'form':
      return (
        <Stack gap="md">
          <AskFields content={content} onChange={onChange} {...shared} />
          {questions}
          <ConsentFields content={content} onChange={onChange} {...shared} />
          <CouponFields content={content} onChange={onChange} {...shared} />
          <ClosingFields content={content} onChange={onChange} {...shared} />
        </Stack>
      );
    case 'survey':
      return (
        <Stack gap="md">
          {questions}
          <ClosingFields content={content} onChange={onChange} {...shared} />
        </Stack>
      );
    case 'quiz':
      return (
        <Stack gap="md">
          {questions}
          <OutcomeFields content={content} onChange={onChange} {...shared} />
        </Stack>
      );
    case 'wheel':
      return (
        <Stack gap="md">
          <SegmentFields content={content} onChange={onChange} {...shared} />
          {questions}
          <ConsentFields content={content} onChange={onChange} {...shared} />
        </Stack>
      );
  }
}

function AskFields({ content, onChange, disabled }: ContentProps<Form>) {
  const { t } = useTranslation();
  return (
    <div>
      <Select
        label={t('experiences.capture.ask')}
        allowDeselect={false}
        disabled={disabled}
        value={content.ask}
        onChange={(next) => onChange({ ...content, ask: next === 'unknown' ? 'unknown' : 'all' })}
        data={[
          { value: 'all', label: t('experiences.capture.askAll') },
          { value: 'unknown', label: t('experiences.capture.askUnknown') },
        ]}
      />
      {content.ask === 'all' ? null : (
        <Stack gap="xs" mt="xs">
          <Text size="xs" c="dimmed">
            {t('experiences.capture.askHint')}
          </Text>
          <NumberInput
            label={t('experiences.capture.askAgain')}
            maw={320}
            min={1}
            max={730}
            disabled={disabled}
            value={content.askAgainDays}
            onChange={(next) => onChange({ ...content, askAgainDays: Number(next) || 1 })}
          />
        </Stack>
      )}
    </div>
  );
}

/** What is said once it is answered. */
function ClosingFields({ content, onChange, disabled }: ContentProps<Extract<Asking, { closing: unknown }>>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={styles.two}>
      {languages.map((language) => {
        const words = content.closing[language] ?? {};
        const name = format.name(language, 'language');
        const put = (part: object): void =>
          onChange({ ...content, closing: { ...content.closing, [language]: { ...words, ...part } } });
        return (
          <Stack key={language} gap="xs">
            <TextInput
              label={t('experiences.capture.closing', { language: name })}
              maxLength={120}
              disabled={disabled}
              value={words.title ?? ''}
              onChange={(event) => put({ title: event.currentTarget.value })}
            />
            <Textarea
              label={t('experiences.capture.closingBody', { language: name })}
              autosize
              maxLength={2_000}
              disabled={disabled}
              value={words.body ?? ''}
              onChange={(event) => put({ body: event.currentTarget.value })}
            />
          </Stack>
        );
      })}
    </div>
  );
}
