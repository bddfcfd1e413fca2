import { useSourceIndex } from '../api/sources.ts';
import { isFamily } from './mosaic/fragments.ts';
import { SourceBadge } from './SourceBadge.tsx';
import type { Family } from './theme/palette.ts';

/** The source a value came from, by its number. One removed since is shown by its number. */
export function SourceOf({ id, family }: { id: number; family?: string }) {
  const source = useSourceIndex().get(id);
  const fallback: Family = isFamily(family) ? family : 'crm';
  return <SourceBadge family={source?.family ?? fallback} name={source?.name ?? `#${id}`} />;
}
