import { useQuery } from '@tanstack/react-query';
import type { ExperienceContent } from '@vitrail/contracts';
import { useApi } from '../../../api/context.tsx';
import { runningQuery } from '../../../api/pageEditor.ts';
import type { Draft } from '../form/draft.ts';
import { type Finding, findProblems } from './checks.ts';
import { couldShow } from './crowd.ts';
import type { ShopPage } from './useShopPage.ts';

/** What a look at the experience and at the page that is open finds. */
export function useFindings(draft: Draft, content: ExperienceContent, { page, state, counts }: ShopPage): Finding[] {
  const runs = useQuery(runningQuery(useApi())).data ?? [];
  const all = [{ definition: draft }, ...runs.filter(({ definition }) => definition.key !== draft.key)];
  const ofSite = all.filter(({ definition: { site } }) => site === null || draft.site === null || site === draft.site);
  const crowd = page === null ? [] : couldShow(ofSite, page).map(({ definition }) => definition.name);
  return findProblems({
    content,
    trigger: draft.trigger,
    when: draft.when,
    counts: state === 'open' ? counts : {},
    crowd,
  });
}
