import {
  type AnswerAnswer,
  type AnswerRequest,
  type ExperienceRequest,
  experienceRequestSchema,
} from '@vitrail/contracts';
import type { Reactor } from '../../collect/index.ts';
import { findRoots } from '../../unify/index.ts';
import { askConsents } from './askConsents.ts';
import { type Stock, trueChances } from './chances.ts';
import { giveCoupon } from './give.ts';
import { findByEntry, readAnswered } from './sql/answers.pg.ts';
import { findDraw } from './sql/draws.pg.ts';
import { type CaptureDeps, type Sender, takeAnswer } from './takeAnswer.ts';
import { type Answered, unknownTraits } from './whatToAsk.ts';

type Variant = ExperienceRequest['variants'][number];

/** A page is told of chances that are at most so old; a draw goes by those of its own moment, and tells them. */
const freshMs = 1_000;

/** Forms, quizzes, wheels and surveys of one process. */
export type Captures = ReturnType<typeof createCapture>;

export function createCapture(deps: CaptureDeps) {
  const stocks = new Map<string, { readonly at: number; readonly stock: Promise<Stock> }>();

  /** Asked of PostgreSQL once a second for the offers of a wheel, whoever wants to know. */
  const stockOf = (workspace: number, offers: readonly string[]): Promise<Stock> => {
    const name = `${workspace} ${offers.join(' ')}`;
    const known = stocks.get(name);
    if (known !== undefined && performance.now() - known.at < freshMs) return known.stock;
    const stock = deps.desk.stock(deps.pg, workspace, offers, deps.clock.now());
    stocks.set(name, { at: performance.now(), stock });
    stock.catch(() => stocks.delete(name));
    return stock;
  };

  return {
    take: (sender: Sender, request: AnswerRequest): Promise<AnswerAnswer> => takeAnswer(deps, sender, request),

    stockOf,

    /** Asks those whose answers came with a batch to confirm what they agreed to. */
    react: (async ({ workspaceId }) => askConsents(deps, workspaceId)) satisfies Reactor,

    /**
     * A wheel with the chances that it really has now; null for a form whose promised code is not to be had; anything else
     * as it is.
     */
    async withStock(workspace: number, variant: Variant): Promise<Variant | null> {
      const { content } = variant;
      if (content.kind === 'form' && content.coupon !== undefined) {
        const { offer } = content.coupon;
        return (await stockOf(workspace, [offer])).get(offer) === 0 ? null : variant;
      }
      if (content.kind !== 'wheel') return variant;
      const offers = [...new Set(content.segments.flatMap(({ offer }) => offer ?? []))];
      const segments = trueChances(content.segments, await stockOf(workspace, offers));
      return { ...variant, content: { ...content, segments } };
    },

    /** What is known of a customer of all that these experiences ask for only while it is unknown. */
    async readAnswered(workspace: number, root: number, definitions: readonly ExperienceRequest[]): Promise<Answered> {
      const contents = definitions.flatMap(({ variants }) => variants.map(({ content }) => content));
      const traits = unknownTraits(contents);
      if (traits.length === 0) return new Map();
      const rows = await deps.pg.rows(readAnswered, { workspace, root, traits });
      return new Map(
        rows.map(({ trait, known, closed_at: at }) => [trait, { known, closedAt: at?.getTime() ?? null }]),
      );
    },

    /** The code that waited for a confirmation, once it is given: always the same one. Null: none was promised, or is left. */
    async codeFor(workspace: number, entry: number): Promise<string | null> {
      const row = await deps.pg.row(findByEntry, { workspace, entry });
      if (row === null || row.profile_id === null) return null;
      const { experience_id: experience, variant, profile_id: profile } = row;
      const { variants } = experienceRequestSchema.parse(row.definition);
      const content = variants.find(({ key }) => key === variant)?.content;
      if (content?.kind === 'form' && content.coupon?.give === 'confirmed')
        return giveCoupon(deps, { workspace, experience, variant, profile }, content.coupon.offer);
      if (content?.kind !== 'wheel' || content.give !== 'confirmed') return null;
      const [standing] = await deps.pg.rows(findRoots, { workspace, profiles: [profile] });
      if (standing === undefined) return null;
      const since = content.againDays === null ? 0 : deps.clock.now().getTime() - content.againDays * 86_400_000;
      const drawn = await deps.pg.row(findDraw, {
        workspace,
        experience,
        root: standing.root_id,
        since: new Date(since),
      });
      return drawn?.code ?? null;
    },
  };
}
