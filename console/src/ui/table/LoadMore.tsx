import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { PagedRows } from '../../api/pages.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';

/** Reads the next page when the end of the list comes near; a button for those who do not scroll. */
export function LoadMore({ list }: { list: Pick<PagedRows<unknown>, 'hasMore' | 'isLoadingMore' | 'loadMore'> }) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const load = useRef(list.loadMore);
  load.current = list.loadMore;
  const { hasMore } = list;
  useEffect(() => {
    const element = button.current;
    if (!hasMore || element === null) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting === true) load.current();
      },
      { rootMargin: '600px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [hasMore]);
  if (!hasMore) return null;
  return (
    <Button ref={button} variant="default" size="compact-sm" loading={list.isLoadingMore} onClick={list.loadMore}>
      {t('table.more')}
    </Button>
  );
}
