import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { type Asking, hasChoices, type Question } from '../form/capture/captureDraft.ts';
import styles from './Preview.module.css';

const inLanguage = (texts: Readonly<Record<string, string>>, language: string): string =>
  texts[language] || (Object.values(texts)[0] ?? '');
const colours = ['#b3261e', '#1f5fd0', '#1b7f3b', '#8a5a00', '#6b3fa0', '#00707a', '#a0306b', '#4d5663'];

/** What is asked, as a picture: nothing in it can be pressed. Of a quiz the first step. */
export function AskingPicture({ content, language }: { content: Asking; language: string }) {
  const questions =
    content.kind === 'quiz' || (content.kind === 'form' && content.ask === 'unknown')
      ? content.questions.slice(0, 1)
      : content.questions;
  const consent = 'consent' in content ? content.consent : undefined;
  return (
    <>
      {content.kind === 'wheel' ? <WheelPicture segments={content.segments} language={language} /> : null}
      {questions.map((question, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: questions have no other name than their place
        <QuestionPicture key={at} question={question} language={language} />
      ))}
      {consent === undefined ? null : (
        <p className={styles.note}>
          {consent.box ? '☐ ' : ''}
          {inLanguage(consent.text, language)}
        </p>
      )}
    </>
  );
}

function QuestionPicture({ question, language }: { question: Question; language: string }) {
  const choices = question.kind === 'score' ? ['1', '2', '3', '4', '5'] : question.choices;
  return (
    <div className={styles.question}>
      {inLanguage(question.label, language)}
      {hasChoices(question) || question.kind === 'score' ? (
        <div className={styles.choices} data-row={question.kind === 'score'}>
          {choices.map((choice) => (
            <span key={choice}>
              {question.kind === 'choices' ? '☐' : '○'}{' '}
              {inLanguage(question.shown[choice]?.label ?? {}, language) || choice}
            </span>
          ))}
        </div>
      ) : (
        <div className={styles.input} />
      )}
    </div>
  );
}

/** Parts as large as their chances, as on the page. */
function WheelPicture({
  segments,
  language,
}: {
  segments: Extract<Asking, { kind: 'wheel' }>['segments'];
  language: string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const parts = segments.map((segment, at) => {
    const from = segments.slice(0, at).reduce((sum, { chance }) => sum + chance, 0);
    return { ...segment, from, colour: colours[at % colours.length] ?? '' };
  });
  const stops = parts.map(({ colour, from, chance }) => `${colour} ${from * 360}deg ${(from + chance) * 360}deg`);
  return (
    <>
      <div className={styles.wheel} style={{ background: `conic-gradient(${stops.join(', ')})` }} />
      <div className={styles.note}>
        {t('experiences.capture.chances')}
        {parts.map(({ key, label, colour, chance }) => (
          <div key={key} className={styles.chance}>
            <span style={{ background: colour }} />
            <span>{inLanguage(label, language)}</span>
            <span>{format.percent(chance)}</span>
          </div>
        ))}
      </div>
    </>
  );
}
