import { Skeleton, Stack } from '@mantine/core';

/** The outline of a page while its code or data arrives. */
export function PagePending() {
  return (
    <Stack gap="lg" aria-busy="true">
      <Stack gap={8}>
        <Skeleton height={24} width={220} />
        <Skeleton height={14} width="min(420px, 80%)" />
      </Stack>
      <Skeleton height={96} />
      <Skeleton height={280} />
    </Stack>
  );
}
