import { isEditAddress } from '../editing.ts';
import type { Vitrail } from '../types.ts';
import { askDecisions } from './ask.ts';
import { enterEditor } from './editMode.ts';
import { type Facts, factsOf, productOf } from './facts.ts';
import { countVisit, forgetAll, noteSeen, rememberChanges } from './memory.ts';
import type { PartLoader } from './parts.ts';
import { createStage } from './stage.ts';

export interface ExperienceOptions {
  /** Where Vitrail answers, as given to `load`. */
  readonly host: string;
  readonly writeKey: string;
  /** Under `host`. Default `/v1/decide`. */
  readonly path?: string;
  /** Default: that of the page (`<html lang>`), else the browser's. */
  readonly language?: string;
  /** After so long the page stays as it is. Default 300. */
  readonly timeoutMs?: number;
  /** Where parts come from that few pages need. */
  readonly parts: PartLoader;
}

export interface Experiences {
  /** Says what the page or the cart is like now; decides anew. */
  set(facts: Facts): void;
  /** Decides anew, for this page as it is now. */
  refresh(): Promise<void>;
  /** Takes everything away and stays away. */
  stop(): void;
}

/** Brings what is decided for the visitor onto the page. Nothing in here throws into the shop's own code. */
export function attachExperiences(vitrail: Vitrail, options: ExperienceOptions): Experiences {
  const { writeKey, parts } = options;
  const host = options.host.replace(/\/+$/, '');
  const url = host + (options.path ?? '/v1/decide');
  const language = options.language ?? (document.documentElement.lang || navigator.language);
  let facts: Facts = {};
  /** The page of which product and search are known: a page without reload does not show those of the page before. */
  let factsPath = '';
  let path = '';
  let stopped = false;
  let planned = false;
  /** Of answers that cross on their way only the newest question's counts. */
  let asked = 0;

  const factsHere = (): Facts => (factsPath === location.pathname ? facts : { cart: facts.cart });
  const stage = createStage({ vitrail, language, host, writeKey, parts, facts: factsHere });
  const mayStore = (): boolean => vitrail.consent()?.personalisation === true && vitrail.user().anonymousId() !== null;

  async function refresh(): Promise<void> {
    if (stopped) return;
    const number = ++asked;
    const isNewPage = path !== location.pathname;
    path = location.pathname;
    const id = vitrail.user().sessionId();
    const answer = await askDecisions({
      url,
      writeKey,
      anonymousId: vitrail.user().anonymousId(),
      personalisation: vitrail.consent()?.personalisation,
      language,
      facts: factsHere(),
      visit: { ...(id !== null && { id }), ...countVisit(mayStore(), isNewPage) },
      timeoutMs: options.timeoutMs ?? 300,
    });
    if (stopped || number !== asked) return;
    // Without an answer a new page stays as the shop made it.
    if (answer === null && !isNewPage) return;
    const decisions = answer?.decisions ?? [];
    if (answer !== null && mayStore()) rememberChanges(path, decisions);
    stage.guarded(() => {
      if (answer !== null) Object(window).vitrailEarly?.stop();
      stage.follow(decisions, isNewPage);
    });
  }

  /** True when the console's editor came in: then nothing is decided here, the client never starts and nothing is told. */
  const edit = async (): Promise<boolean> => {
    let shown = stage;
    stopped = true;
    stopped = await enterEditor({
      host,
      writeKey,
      load: async () => (await parts.load(['editor'])).editor,
      show(decisions, inLanguage) {
        shown.clear();
        shown = createStage({ vitrail, language: inLanguage, host, writeKey, parts, facts: factsHere });
        shown.follow(decisions, true);
      },
    });
    return stopped;
  };

  /** What a page says at once is asked about once. */
  const refreshSoon = (): void => {
    if (planned) return;
    planned = true;
    setTimeout(() => {
      planned = false;
      void refresh();
    });
  };
  const note = (news: Facts): void => {
    const known = factsHere();
    factsPath = location.pathname;
    facts = {
      cart: { ...known.cart, ...news.cart },
      product: news.product ?? known.product ?? {},
      search: news.search ?? known.search ?? {},
    };
    stage.update(facts);
  };
  /** Whether an event says anything of the page, the cart or the product. */
  const noteEvent = (fields: unknown): boolean => {
    const { event, properties } = Object(fields);
    const news = typeof event === 'string' ? factsOf(event, properties) : null;
    if (news === null) return false;
    const product = event === 'Product Viewed' && mayStore() ? productOf(properties) : null;
    note(product === null ? news : { product: { ...news.product, views: noteSeen(product) } });
    return true;
  };
  const onTrack = (fields: unknown): void => {
    if (noteEvent(fields)) refreshSoon();
  };
  const onShow = (event: PageTransitionEvent): void => {
    // Out of the back-forward cache: the page is as it was, what is decided may not be.
    if (event.persisted) refreshSoon();
  };
  const onConsent = (): void => {
    if (vitrail.consent()?.personalisation === false) {
      // At once, before any answer: what was personal has no ground any more.
      asked += 1;
      stage.clear();
      forgetAll();
    }
    refreshSoon();
  };

  // What the page told before this script was there.
  vitrail.tracked().forEach(noteEvent);
  vitrail.on('track', onTrack);
  vitrail.on('page', refreshSoon);
  vitrail.on('consent', onConsent);
  addEventListener('pageshow', onShow);
  const begin = (): void => void vitrail.ready().then(refresh);
  if (isEditAddress()) void edit().then((edited) => edited || begin());
  else begin();
  return {
    set(news) {
      note(news);
      refreshSoon();
    },
    refresh,
    stop() {
      stopped = true;
      removeEventListener('pageshow', onShow);
      vitrail.off('track', onTrack).off('page', refreshSoon).off('consent', onConsent);
      stage.clear();
    },
  };
}
