import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../api/context.tsx';
import { segmentChoicesQuery } from '../../api/segments.ts';
import { useSession } from '../../app/session.tsx';

/** The name of a segment by its id; the id while it is not known. */
export function useSegmentNames(): (id: string) => string {
  const { can } = useSession();
  const { data } = useQuery({ ...segmentChoicesQuery(useApi()), enabled: can('segments.read') });
  return (id) => data?.items.find((one) => one.id === id)?.name ?? id;
}
