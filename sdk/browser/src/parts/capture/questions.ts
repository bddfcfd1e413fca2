import type { Question } from '../../experiences/capturePart.ts';
import { inLanguage } from '../../experiences/payload.ts';
import { isSafe, make } from './elements.ts';

const types = {
  text: 'text',
  email: 'email',
  phone: 'tel',
  date: 'date',
  choice: 'radio',
  choices: 'checkbox',
  score: 'radio',
} as const;
const completions: Readonly<Record<string, AutoFill>> = { email: 'email', phone: 'tel' };
const scores = ['1', '2', '3', '4', '5'];
const nameOf = (question: Question): string => `q-${question.trait}`;

export const labelOf = (question: Question, language: string): string =>
  inLanguage(question.label, language) ?? question.trait;

/** The field of a question, labelled; what is chosen from is a group of buttons, with pictures where there are some. */
export function buildQuestion(question: Question, language: string): HTMLElement {
  const { kind, required, shown } = question;
  const [type, id] = [types[kind], nameOf(question)];
  const label = labelOf(question, language);
  if (type !== 'radio' && type !== 'checkbox') {
    const input = make('input', {
      id,
      name: id,
      type,
      required,
      maxLength: 500,
      autocomplete: completions[kind] ?? 'off',
    });
    return make('div', {}, make('label', { htmlFor: id, textContent: label }), input);
  }
  const choices = kind === 'score' ? scores : question.choices;
  const pictured = choices.some((choice) => isSafe(shown?.[choice]?.picture ?? ''));
  const rows = choices.map((choice) => {
    const { label: words = {}, picture = '' } = shown?.[choice] ?? {};
    const input = make('input', { type, name: id, value: choice, required: required && type === 'radio' });
    const row = make('label', {}, input, inLanguage(words, language) ?? choice);
    if (isSafe(picture)) {
      const image = make('img', { src: picture, alt: '' });
      // What is not there is not shown as broken.
      image.onerror = () => image.remove();
      row.prepend(image);
    }
    return row;
  });
  const className = pictured ? 'pictures' : kind === 'score' ? 'scores' : '';
  return make('fieldset', {}, make('legend', { textContent: label }), make('div', { className }, ...rows));
}

export type Answers = Record<string, string | string[]>;

/** The answers by the name of their trait; what was left empty is not in it. */
export function readAnswers(form: HTMLFormElement, questions: readonly Question[]): Answers {
  const said = new FormData(form);
  const answers: Answers = {};
  for (const question of questions) {
    const values = said.getAll(nameOf(question)).flatMap((value) => {
      const text = typeof value === 'string' ? value.trim() : '';
      return text === '' ? [] : [text];
    });
    const [first] = values;
    if (first !== undefined) answers[question.trait] = question.kind === 'choices' ? values : first;
  }
  return answers;
}

/** The first question that must be answered and is not: of several to tick browsers do not ask for one themselves. */
export const firstMissing = (answers: Answers, questions: readonly Question[]): Question | undefined =>
  questions.find(({ trait, required }) => required && answers[trait] === undefined);
