import type { Asking, AskingOptions, Outcome, Question } from '../../experiences/capturePart.ts';
import { inLanguage } from '../../experiences/payload.ts';
import { buildConsent } from './consentField.ts';
import { isSafe, make, showLast } from './elements.ts';
import { type Answers, buildQuestion, firstMissing, labelOf, readAnswers } from './questions.ts';
import { createSending, type Refused, type Sent } from './send.ts';
import { buildWheel } from './wheel.ts';
import { type AskWords, fill, wordsIn } from './words.ts';

/** A form, a survey, a quiz or a wheel, with all that follows the answer. */
export function buildAsking(asking: Asking, options: AskingOptions): HTMLElement {
  const words = wordsIn(options.language);
  const element = make('div', { className: 'ask' });
  if (asking.kind === 'quiz') buildQuiz(element, asking, options, words);
  else buildForm(element, asking, options, words);
  return element;
}

type Simple = Exclude<Asking, { kind: 'quiz' }>;

function buildForm(element: HTMLElement, asking: Simple, options: AskingOptions, words: AskWords): void {
  const { language, texts } = options;
  const wheel = asking.kind === 'wheel' ? buildWheel(asking.segments, language, words) : null;
  const consent = buildConsent('consent' in asking ? asking.consent : undefined, language);
  const button = make('button', {
    className: 'go',
    textContent: texts.button ?? (wheel === null ? words.send : words.spin),
  });
  const form = formOf(
    asking.questions.map((question) => buildQuestion(question, language)),
    [...(consent.element === null ? [] : [consent.element]), button],
  );
  if (wheel !== null) element.append(wheel.element);
  element.append(form.element);
  const send = createSending(options);
  form.onSubmit(async () => {
    const answers = readAnswers(form.element, asking.questions);
    const missing = firstMissing(answers, asking.questions);
    if (missing !== undefined) return form.say(fill(words.check, { what: labelOf(missing, language) }));
    const sent = await send({ answers, consent: consent.said() });
    if (isRefused(sent)) return form.say(whyNot(sent, asking.questions, language, words));
    options.answered();
    if (asking.kind !== 'wheel') return showClosing(element, closingOf(asking, language, words), sent, words);
    if (wheel === null || sent.draw === null) return form.say(words.failed);
    form.element.remove();
    wheel.tell(sent.draw.chances);
    await wheel.turnTo(sent.draw.segment);
    const drawn = asking.segments.find(({ key }) => key === sent.draw?.segment);
    const what = (drawn && inLanguage(drawn.label, language)) ?? '';
    const title = fill(sent.draw.won ? words.won : words.lost, { what });
    const waits = sent.draw.won && sent.code === null ? words.waits : '';
    showClosing(element, { title, body: waits }, sent, words, wheel.element);
  });
}

const isRefused = (sent: Sent | Refused): sent is Refused => typeof sent === 'string' || 'trait' in sent;

function whyNot(refused: Refused, questions: readonly Question[], language: string, words: AskWords): string {
  if (refused === 'busy' || refused === 'failed') return words[refused];
  const question = questions.find(({ trait }) => trait === refused.trait);
  return fill(words.check, { what: question === undefined ? refused.trait : labelOf(question, language) });
}

function closingOf(asking: Extract<Simple, { closing: unknown }>, language: string, words: AskWords) {
  const { title = words.thanks, body = '' } = inLanguage(asking.closing, language) ?? {};
  return { title, body };
}

function showClosing(
  element: HTMLElement,
  { title, body }: { title: string; body: string },
  { confirm, code }: Sent,
  words: AskWords,
  ...more: Node[]
): void {
  const paragraphs = [body, confirm ? words.confirm : ''].filter((text) => text !== '');
  const given = code === null ? [] : [make('p', { textContent: words.code }), make('output', { textContent: code })];
  showLast(element, title, ...paragraphs.map((text) => make('p', { textContent: text })), ...given, ...more);
}

/** A form that sends once at a time, and says what is wrong to those who do not see it too. */
function formOf(fields: readonly HTMLElement[], last: readonly HTMLElement[]) {
  const alert = make('p', { role: 'alert' });
  const element = make('form', {}, ...fields, ...last, alert);
  let busy = false;
  return {
    element,
    say(text: string): void {
      alert.textContent = text;
    },
    onSubmit(work: () => Promise<void>): void {
      element.addEventListener('submit', async (event) => {
        event.preventDefault();
        if (busy) return;
        busy = true;
        alert.textContent = '';
        const buttons = element.querySelectorAll('button');
        for (const button of buttons) button.disabled = true;
        await work();
        busy = false;
        for (const button of buttons) button.disabled = false;
      });
    },
  };
}

/** One question after the other, with a way back; nothing is sent before the last. */
function buildQuiz(
  element: HTMLElement,
  quiz: Extract<Asking, { kind: 'quiz' }>,
  options: AskingOptions,
  words: AskWords,
): void {
  const { language } = options;
  const { questions } = quiz;
  const send = createSending(options);
  const steps = questions.map((question) => buildQuestion(question, language));
  const told = make('p', { className: 'step', ariaLive: 'polite' });
  const back = make('button', { type: 'button', className: 'back', textContent: words.back });
  const next = make('button', { className: 'go' });
  const form = formOf([told, ...steps], [make('div', { className: 'row' }, back, next)]);
  let at = 0;
  const show = (to: number): void => {
    at = to;
    for (const [index, step] of steps.entries()) {
      step.hidden = index !== at;
      // What is not in view is not asked for by the browser yet.
      for (const input of step.querySelectorAll('input')) input.disabled = index > at;
    }
    told.textContent = fill(words.step, { n: at + 1, all: steps.length });
    back.hidden = at === 0;
    next.textContent = at === steps.length - 1 ? (options.texts.button ?? words.send) : words.next;
  };
  back.addEventListener('click', () => {
    form.say('');
    show(at - 1);
  });
  form.onSubmit(async () => {
    const answers = readAnswers(form.element, questions);
    const missing = firstMissing(answers, questions.slice(at, at + 1));
    if (missing !== undefined) return form.say(fill(words.check, { what: labelOf(missing, language) }));
    if (at < steps.length - 1) {
      show(at + 1);
      steps[at]?.querySelector('input')?.focus();
      return;
    }
    const outcome = outcomeOf(quiz.outcomes, answers);
    const sent = await send({ answers, consent: null, ...(outcome !== undefined && { outcome: outcome.key }) });
    if (isRefused(sent)) return form.say(whyNot(sent, questions, language, words));
    options.answered();
    showOutcome(element, outcome, options, words);
  });
  show(0);
  element.append(form.element);
}

/** The first whose conditions all hold. */
const outcomeOf = (outcomes: readonly Outcome[], answers: Answers): Outcome | undefined =>
  outcomes.find(({ when }) =>
    when.every(({ trait, values }) => [answers[trait] ?? []].flat().some((answer) => values.includes(answer))),
  );

function showOutcome(
  element: HTMLElement,
  outcome: Outcome | undefined,
  options: AskingOptions,
  words: AskWords,
): void {
  const { title = words.thanks, body = '', button } = inLanguage(outcome?.texts ?? {}, options.language) ?? {};
  const link = outcome?.link ?? '';
  const go =
    button === undefined || !isSafe(link) ? [] : [make('a', { className: 'go', href: link, textContent: button })];
  for (const each of go) each.addEventListener('click', () => options.clicked());
  showLast(element, title, ...(body === '' ? [] : [make('p', { textContent: body })]), ...go);
}
