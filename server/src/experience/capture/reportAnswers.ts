import { type AnswersReport, type CaptureQuestion, experienceRequestSchema } from '@vitrail/contracts';
import { type Deps, Fault } from '../../platform/index.ts';
import { findExperience } from '../experiences/sql/experiences.pg.ts';
import type { Captures } from './createCapture.ts';
import { isCapture } from './readAnswers.ts';
import { countAnswers, countDraws, countOutcomes, countValues, listTexts } from './sql/report.pg.ts';

const dayMs = 86_400_000;
const mostTexts = 50;
/** Of these it says something how often each was given; of an address it would tell whose it is. */
const counted = new Set<CaptureQuestion['kind']>(['choice', 'choices', 'score', 'date']);

/** What visitors answered in the last days. Throws `not_found`. */
export async function reportAnswers(
  deps: Pick<Deps, 'pg' | 'clock'> & { readonly captures: Pick<Captures, 'stockOf'> },
  workspace: number,
  id: number,
  { days, mayReadPersonal }: { readonly days: number; readonly mayReadPersonal: boolean },
): Promise<AnswersReport> {
  const row = await deps.pg.row(findExperience, { workspace, id });
  if (row === null)
    throw new Fault('not_found', 'experience.not_found', 'There is no such experience in this workspace.');
  const contents = experienceRequestSchema
    .parse(row.definition)
    .variants.flatMap(({ content }) => (isCapture(content) ? [content] : []));
  const questions = [...new Map(contents.flatMap((each) => each.questions).map((each) => [each.trait, each])).values()];
  const traitsOf = (wanted: (question: CaptureQuestion) => boolean): string[] =>
    questions.filter(wanted).map(({ trait }) => trait);
  const offers = [
    ...new Set(
      contents.flatMap((content) => {
        if (content.kind === 'wheel') return content.segments.flatMap(({ offer }) => offer ?? []);
        return content.kind === 'form' && content.coupon !== undefined ? [content.coupon.offer] : [];
      }),
    ),
  ];
  const span = { workspace, experience: id, since: new Date(deps.clock.now().getTime() - days * dayMs) };
  const [counts, values, texts, outcomes, draws, stock] = await Promise.all([
    deps.pg.row(countAnswers, span),
    deps.pg.rows(countValues, { ...span, traits: traitsOf(({ kind }) => counted.has(kind)) }),
    deps.pg.rows(listTexts, { ...span, traits: traitsOf(({ kind }) => kind === 'text'), limit: mostTexts }),
    deps.pg.rows(countOutcomes, span),
    deps.pg.rows(countDraws, span),
    deps.captures.stockOf(workspace, offers),
  ]);
  const { people = 0, answers = 0, agreed = 0, asked = 0, confirmed = 0, kept = 0 } = counts ?? {};
  return {
    people,
    answers,
    questions: questions.map(({ trait, kind, label }) => ({
      trait,
      kind,
      label,
      values: values
        .filter((each) => each.trait === trait)
        .map(({ variant, value, times }) => ({ variant, value, count: times })),
      texts: texts
        .filter((each) => each.trait === trait)
        .map(({ at, variant, value }) => ({ at: at.toISOString(), variant, text: mayReadPersonal ? value : null })),
    })),
    outcomes: outcomes.map(({ variant, outcome, times }) => ({ variant, outcome, count: times })),
    consents: { agreed, asked, confirmed, kept },
    draws: draws.map(({ offer, ...each }) => ({ ...each, offer: offer === '' ? null : offer })),
    stock: [...stock].map(([offer, left]) => ({ offer, left })),
  };
}
