import '@mantine/core/styles/PillsInput.css';
import { Button, Fieldset, Group, Select, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { captureQuestionKinds } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import styles from '../Experiences.module.css';
import { type Asking, hasChoices, newQuestion, type Question } from './capture/captureDraft.ts';
import { languages } from './draft.ts';
import type { ContentProps } from './formContext.tsx';

/** How many questions each kind may have. */
const bounds = { form: [1, 10], quiz: [1, 10], wheel: [0, 3], survey: [1, 1] } as const;

/** What is asked; every answer is kept as a trait of the person. */
export function QuestionFields({ content, onChange, errorAt, disabled }: ContentProps<Asking>) {
  const { t } = useTranslation();
  const { questions } = content;
  const [least, most] = bounds[content.kind];
  const put = (next: Question[]): void => onChange({ ...content, questions: next });
  return (
    <Stack gap="sm">
      {questions.map((question, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: questions have no other name than their place
        <Fieldset key={at} legend={t('experiences.question', { number: at + 1 })} disabled={disabled}>
          <OneQuestion
            question={question}
            onChange={(part) => put(questions.map((one, index) => (index === at ? { ...one, ...part } : one)))}
            errorAt={(path) => errorAt(`questions.${at}.${path}`)}
            onRemove={questions.length > least ? () => put(questions.filter((_, index) => index !== at)) : null}
            number={at + 1}
          />
        </Fieldset>
      ))}
      {disabled || questions.length >= most ? null : (
        <Group>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() =>
              put([
                ...questions,
                newQuestion({ trait: '', kind: content.kind === 'quiz' ? 'choice' : 'text', required: false }),
              ])
            }
          >
            {t('experiences.addQuestion')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

interface OneQuestionProps {
  readonly question: Question;
  readonly number: number;
  readonly onChange: (part: Partial<Question>) => void;
  readonly onRemove: (() => void) | null;
  readonly errorAt: (path: string) => string | undefined;
}

function OneQuestion({ question, number, onChange, onRemove, errorAt }: OneQuestionProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="sm">
      <div className={styles.two}>
        {languages.map((language) => (
          <TextInput
            key={language}
            label={t('experiences.asked', { language: format.name(language, 'language') })}
            maxLength={120}
            value={question.label[language] ?? ''}
            error={errorAt('label')}
            onChange={(event) => onChange({ label: { ...question.label, [language]: event.currentTarget.value } })}
          />
        ))}
        <Select
          label={t('experiences.answerKind')}
          value={question.kind}
          onChange={(next) => onChange({ kind: captureQuestionKinds.find((one) => one === next) ?? 'text' })}
          data={captureQuestionKinds.map((kind) => ({ value: kind, label: t(`experiences.answer.${kind}`) }))}
        />
        <TextInput
          label={t('experiences.trait')}
          description={t('experiences.traitHint')}
          required
          maxLength={60}
          value={question.trait}
          error={errorAt('trait')}
          onChange={(event) => onChange({ trait: event.currentTarget.value })}
        />
      </div>
      {hasChoices(question) ? (
        <>
          <TagsInput
            label={t('experiences.choices')}
            description={t('experiences.choicesHint')}
            maxTags={20}
            value={question.choices}
            error={errorAt('choices')}
            onChange={(choices) => onChange({ choices })}
          />
          <ChoiceWords question={question} onChange={onChange} errorAt={errorAt} />
        </>
      ) : null}
      <Group justify="space-between">
        <Switch
          label={t('experiences.required')}
          checked={question.required}
          onChange={(event) => onChange({ required: event.currentTarget.checked })}
        />
        {onRemove === null ? null : (
          <Button size="compact-sm" variant="default" onClick={onRemove}>
            {t('experiences.removeQuestion', { number })}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** What a choice is called in each language, and its picture. Without words it is called as it is kept. */
function ChoiceWords({
  question: { choices, shown },
  onChange,
  errorAt,
}: Pick<OneQuestionProps, 'question' | 'onChange' | 'errorAt'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return choices.map((choice) => {
    const { label = {}, picture = '' } = shown[choice] ?? {};
    const put = (part: object): void => onChange({ shown: { ...shown, [choice]: { label, picture, ...part } } });
    return (
      <div key={choice} className={styles.two}>
        {languages.map((language) => (
          <TextInput
            key={language}
            size="xs"
            label={t('experiences.capture.choiceWords', { choice, language: format.name(language, 'language') })}
            placeholder={choice}
            maxLength={120}
            value={label[language] ?? ''}
            onChange={(event) => put({ label: { ...label, [language]: event.currentTarget.value } })}
          />
        ))}
        <TextInput
          size="xs"
          label={t('experiences.capture.choicePicture', { choice })}
          maxLength={2_000}
          value={picture}
          error={errorAt(`shown.${choice}.picture`)}
          onChange={(event) => put({ picture: event.currentTarget.value })}
        />
      </div>
    );
  });
}
