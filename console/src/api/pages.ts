import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';

export interface Page<Row> {
  readonly items: readonly Row[];
  readonly next: string | null;
  /** How many there are in all, where the first page says so. */
  readonly total?: number | undefined;
}

/** How an address says it (`name`, `-revenue`) as the server is asked. */
export const sortOf = (sort: string | undefined): { sort?: string; order?: string } =>
  sort === undefined || sort === ''
    ? {}
    : sort.startsWith('-')
      ? { sort: sort.slice(1), order: 'desc' }
      : { sort, order: 'asc' };

/** A list read page by page, as tables need it. */
export interface PagedRows<Row> {
  readonly rows: readonly Row[];
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
  /** When the newest answer came. */
  readonly loadedAt: number;
  readonly total?: number | undefined;
}

interface PagesOptions<Row> {
  readonly key: QueryKey;
  readonly load: (cursor: string | null, signal: AbortSignal) => Promise<Page<Row>>;
  readonly enabled?: boolean;
  readonly refetchInterval?: number | false;
}

export function usePages<Row>({
  key,
  load,
  enabled = true,
  refetchInterval = false,
}: PagesOptions<Row>): PagedRows<Row> {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled,
    refetchInterval,
  });
  return {
    rows: query.data?.pages.flatMap((page) => page.items) ?? [],
    isLoading: query.isPending && enabled,
    error: query.error,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
    },
    retry: () => void query.refetch(),
    loadedAt: query.dataUpdatedAt,
    total: query.data?.pages[0]?.total,
  };
}

/** A short list that comes whole, in the same shape. */
export function wholeList<Row>(query: {
  data: readonly Row[] | undefined;
  isPending: boolean;
  error: unknown;
  refetch: () => unknown;
  dataUpdatedAt: number;
}): PagedRows<Row> {
  return {
    rows: query.data ?? [],
    isLoading: query.isPending,
    error: query.error,
    hasMore: false,
    isLoadingMore: false,
    loadMore: () => undefined,
    retry: () => void query.refetch(),
    loadedAt: query.dataUpdatedAt,
  };
}
