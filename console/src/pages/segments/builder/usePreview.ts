import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { SegmentPreview } from '@vitrail/contracts';
import { useEffect, useMemo, useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { previewQuery } from '../../../api/segments.ts';
import type { WrittenDraft } from '../draft/draft.ts';
import type { PartCounts } from './context.tsx';

/** A pause in typing; shorter asks for counts nobody waits for. */
const pause = 300;

interface Counted {
  readonly preview: SegmentPreview;
  readonly byKey: ReadonlyMap<number, { readonly alone: number; readonly together: number }>;
}

/** Counts by part. A negated part is named twice, its "not" first: that is the one people read. */
function countedBy(preview: SegmentPreview, keys: WrittenDraft['keys']): Counted {
  const byKey = new Map<number, { alone: number; together: number }>();
  for (const { path, count, together } of preview.conditions) {
    const key = keys.get(path);
    if (key !== undefined && !byKey.has(key)) byKey.set(key, { alone: count, together });
  }
  return { preview, byKey };
}

/** The exact count of what is written so far, asked again a moment after each change. */
export function usePreview(written: WrittenDraft) {
  const text = JSON.stringify(written.definition);
  // The same definition stays the same object, so that only a change of meaning is asked again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the definition
  const steady = useMemo(() => written, [text]);
  const [asked] = useDebouncedValue(steady, pause);
  const query = useQuery({ ...previewQuery(useApi(), asked.definition), placeholderData: keepPreviousData });
  const [last, setLast] = useState<Counted | null>(null);
  const { data, isPlaceholderData } = query;
  useEffect(() => {
    if (data !== undefined && !isPlaceholderData) setLast(countedBy(data, asked.keys));
  }, [data, isPlaceholderData, asked]);
  const waiting = asked !== steady || query.isFetching;
  const counts: PartCounts = {
    total: last?.preview.total ?? 0,
    waiting,
    of: (key) => last?.byKey.get(key) ?? null,
  };
  return {
    preview: last?.preview,
    counts,
    waiting,
    /** An error belongs to the question that was asked, not to a newer one that is still waiting. */
    error: asked === steady ? query.error : null,
    retry: () => void query.refetch(),
  };
}
