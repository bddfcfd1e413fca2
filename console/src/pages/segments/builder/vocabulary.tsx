import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { findLabel, type LabelKind, type SegmentVocabulary, type SentenceNames } from '@vitrail/contracts';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useApi } from '../../../api/context.tsx';
import { lookalikeChoicesQuery } from '../../../api/lookalikes.ts';
import { partnersQuery } from '../../../api/outside.ts';
import { rfmSettingsQuery } from '../../../api/rfm.ts';
import { scoresQuery } from '../../../api/scores.ts';
import { propertiesQuery, segmentChoicesQuery, vocabularyQuery } from '../../../api/segments.ts';
import { useSession } from '../../../app/session.tsx';
import type { Language } from '../../../i18n/i18n.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { humanName } from '../../../ui/value.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What exists in this workspace, and the names sentences need. */
export interface Words {
  readonly vocabulary: SegmentVocabulary;
  readonly segments: readonly Named[];
  readonly scores: readonly Named[];
  readonly names: SentenceNames;
  readonly language: Language;
  /** The name of a trait, field, … with a capital. */
  readonly label: (kind: LabelKind, name: string) => string;
}

const nothingKnown: SegmentVocabulary = {
  traits: [],
  events: [],
  consents: [],
  namespaces: [],
  sites: [],
  categories: [],
  brands: [],
};

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** Names for sentences, also outside the builder. */
export function useSentenceNames(): SentenceNames {
  const { workspace, can } = useSession();
  const api = useApi();
  const list = useQuery(segmentChoicesQuery(api)).data;
  const enabled = can('analytics.read');
  const scores = useQuery({ ...scoresQuery(api), enabled }).data;
  const lookalikes = useQuery({ ...lookalikeChoicesQuery(api), enabled }).data;
  const partners = useQuery({ ...partnersQuery(api), enabled }).data;
  const personas = useQuery({ ...rfmSettingsQuery(api), enabled }).data?.names;
  return useMemo(
    () => ({
      segments: Object.fromEntries((list?.items ?? []).map(({ id, name }) => [id, name])),
      scores: Object.fromEntries((scores?.items ?? []).map(({ id, name }) => [id, name])),
      lookalikes: Object.fromEntries((lookalikes?.items ?? []).map(({ id, name }) => [id, name])),
      outside: Object.fromEntries((partners?.items ?? []).map(({ key, name }) => [key, name])),
      personas: { ...personas },
      currency: workspace.baseCurrency,
      timeZone: workspace.timeZone,
    }),
    [list, scores, lookalikes, partners, personas, workspace],
  );
}

const WordsContext = createContext<Words | null>(null);

export function WordsProvider({ except, children }: { except?: string | undefined; children: ReactNode }) {
  const api = useApi();
  const { language } = useTranslation();
  const vocabulary = useQuery(vocabularyQuery(api)).data ?? nothingKnown;
  const list = useQuery(segmentChoicesQuery(api)).data;
  const names = useSentenceNames();
  const words = useMemo<Words>(
    () => ({
      vocabulary,
      // A segment cannot be made of itself.
      segments: (list?.items ?? []).filter(({ id, state }) => id !== except && state !== 'archived'),
      scores: Object.entries(names.scores ?? {}).map(([id, name]) => ({ id, name })),
      names,
      language,
      label: (kind, name) => capital(findLabel(kind, name, language) ?? humanName(name)),
    }),
    [vocabulary, list, except, names, language],
  );
  return <WordsContext value={words}>{children}</WordsContext>;
}

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new Error('useWords is used outside WordsProvider.');
  return words;
}

/** Properties seen with an event; none while no single event is named. */
export function useProperties(events: readonly string[]): UseQueryResult<{
  properties: { name: string; type: SegmentVocabulary['traits'][number]['type']; values: string[] }[];
}> {
  const [event = ''] = events;
  return useQuery({ ...propertiesQuery(useApi(), event), enabled: event !== '' });
}
