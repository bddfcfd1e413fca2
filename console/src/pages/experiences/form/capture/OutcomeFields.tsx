import { Button, Fieldset, Group, Select, Stack, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from '../../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../../ui/format/FormatProvider.tsx';
import styles from '../../Experiences.module.css';
import { languages } from '../draft.ts';
import type { ContentProps } from '../formContext.tsx';
import { freeKey, type Quiz } from './captureDraft.ts';

type Outcome = Quiz['outcomes'][number];

/** The pages a quiz can close with: the first that fits the answers. */
export function OutcomeFields({ content, onChange, errorAt, disabled }: ContentProps<Quiz>) {
  const { t } = useTranslation();
  const { outcomes, questions } = content;
  const put = (next: Outcome[]): void => onChange({ ...content, outcomes: next });
  return (
    <Fieldset legend={t('experiences.capture.outcomes')} disabled={disabled}>
      <Stack gap="sm">
        <Text size="xs" c="dimmed">
          {t('experiences.capture.outcomesNote')}
        </Text>
        {outcomes.map((outcome, at) => (
          <Fieldset key={outcome.key} legend={t('experiences.capture.outcome', { number: at + 1 })}>
            <OneOutcome
              outcome={outcome}
              questions={questions}
              errorAt={(path) => errorAt(`outcomes.${at}.${path}`)}
              onChange={(part) => put(outcomes.map((one, index) => (index === at ? { ...one, ...part } : one)))}
            />
            {outcomes.length < 2 ? null : (
              <Button
                size="compact-sm"
                variant="default"
                mt="sm"
                onClick={() => put(outcomes.filter((_, index) => index !== at))}
              >
                {t('experiences.capture.removeOutcome', { number: at + 1 })}
              </Button>
            )}
          </Fieldset>
        ))}
        {disabled || outcomes.length >= 10 ? null : (
          <Group>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                const key = freeKey(
                  'end',
                  outcomes.map((one) => one.key),
                );
                // The one for everybody stays last.
                put([{ key, when: [], texts: {} }, ...outcomes]);
              }}
            >
              {t('experiences.capture.addOutcome')}
            </Button>
          </Group>
        )}
      </Stack>
    </Fieldset>
  );
}

interface OneOutcomeProps {
  readonly outcome: Outcome;
  readonly questions: Quiz['questions'];
  readonly errorAt: (path: string) => string | undefined;
  readonly onChange: (part: Partial<Outcome>) => void;
}

function OneOutcome({ outcome, questions, errorAt, onChange }: OneOutcomeProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [first] = outcome.when;
  const asked = questions.find(({ trait }) => trait === first?.trait);
  const words = (language: string, part: object): void =>
    onChange({ texts: { ...outcome.texts, [language]: { ...outcome.texts[language], ...part } } });
  return (
    <Stack gap="sm">
      <div className={styles.two}>
        <Select
          label={t('experiences.capture.whenTrait')}
          placeholder={t('experiences.capture.whenAny')}
          clearable
          value={first?.trait ?? null}
          onChange={(trait) => onChange({ when: trait === null ? [] : [{ trait, values: [] }] })}
          data={[...new Set(questions.map(({ trait }) => trait).filter((trait) => trait !== ''))]}
        />
        {first === undefined ? null : (
          <TagsInput
            label={t('experiences.capture.whenValues')}
            data={asked?.kind === 'score' ? ['1', '2', '3', '4', '5'] : (asked?.choices ?? [])}
            value={first.values}
            error={errorAt('when.0.values')}
            onChange={(values) => onChange({ when: [{ ...first, values }, ...outcome.when.slice(1)] })}
          />
        )}
      </div>
      <div className={styles.two}>
        {languages.map((language) => {
          const { title = '', body = '', button = '' } = outcome.texts[language] ?? {};
          const name = format.name(language, 'language');
          return (
            <Stack key={language} gap="xs">
              <TextInput
                label={t('experiences.capture.outcomeTitle', { language: name })}
                maxLength={120}
                value={title}
                onChange={(event) => words(language, { title: event.currentTarget.value })}
              />
              <Textarea
                label={t('experiences.capture.outcomeBody', { language: name })}
                autosize
                maxLength={2_000}
                value={body}
                onChange={(event) => words(language, { body: event.currentTarget.value })}
              />
              <TextInput
                label={t('experiences.capture.outcomeButton', { language: name })}
                maxLength={120}
                value={button}
                onChange={(event) => words(language, { button: event.currentTarget.value })}
              />
            </Stack>
          );
        })}
      </div>
      <TextInput
        label={t('experiences.capture.outcomeLink')}
        description={t('experiences.linkHint')}
        maxLength={2_000}
        value={outcome.link ?? ''}
        error={errorAt('link')}
        onChange={(event) => onChange({ link: event.currentTarget.value })}
      />
    </Stack>
  );
}
