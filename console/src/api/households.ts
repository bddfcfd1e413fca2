import { useQuery } from '@tanstack/react-query';
import { type HouseholdListQuery, householdListSchema } from '@vitrail/contracts';
import { useApi } from './context.tsx';
import { usePages } from './pages.ts';

const base = '/api/v1/households';

interface HouseholdFilter {
  readonly sort: HouseholdListQuery['sort'];
  /** Of at least so many people. */
  readonly size: number;
}

export function useHouseholds({ sort, size }: HouseholdFilter) {
  const api = useApi();
  return usePages({
    key: ['households', sort, size],
    load: (after, signal) => api.get(base, householdListSchema, { query: { sort, size, after }, signal }),
  });
}

/** How many there are, and which run found them. */
export function useHouseholdCount(size: number) {
  const api = useApi();
  return useQuery({
    queryKey: ['households', 'count', size],
    queryFn: async ({ signal }) => {
      const page = await api.get(base, householdListSchema, { query: { size, limit: 1 }, signal });
      return { households: page.households, foundAt: page.items[0]?.foundAt ?? null };
    },
  }).data;
}
