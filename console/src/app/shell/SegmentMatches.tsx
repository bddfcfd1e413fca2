import { Spotlight } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useApi } from '../../api/context.tsx';
import { findSegments } from '../../api/segments.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';

/** Segments whose name matches what is typed in the palette. */
export function SegmentMatches({ query }: { query: string }) {
  const { t } = useTranslation();
  const api = useApi();
  const navigate = useNavigate();
  const segments = useQuery({
    queryKey: ['segments', 'palette', query],
    queryFn: ({ signal }) => findSegments(api, query, 5, signal),
  });
  const items = segments.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={t('palette.segments')}>
      {items.map((segment) => (
        <Spotlight.Action
          key={segment.id}
          label={segment.name}
          description={segment.description}
          onClick={() => void navigate({ to: '/segments/$id', params: { id: segment.id } })}
        />
      ))}
    </Spotlight.ActionsGroup>
  );
}
