import { Alert, Button, Code, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiError } from '../api/problem.ts';
import { useTranslation } from '../i18n/useTranslation.tsx';
import { CopyButton } from './CopyButton.tsx';

/** The kinds of failure a reader can do something about. */
function kindOf(error: unknown) {
  if (!(error instanceof ApiError)) return 'broken';
  if (error.code === 'console.unreadable') return 'unreadable';
  switch (error.status) {
    case 0:
      return 'offline';
    case 401:
      return 'signedOut';
    case 403:
      return 'forbidden';
    case 404:
      return 'notFound';
    case 409:
      return 'conflict';
    case 429:
    case 503:
      return 'busy';
    default:
      return error.status >= 500 ? 'broken' : 'invalid';
  }
}

/** What happened, what was kept, what to do, and a code to quote. */
export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const kind = kindOf(error);
  const api = error instanceof ApiError ? error : null;
  const request = api?.code === 'console.unreadable' ? api.details.at : api?.details.requestId;
  const code = [api?.code ?? 'console.broken', typeof request === 'string' ? request : null]
    .filter(Boolean)
    .join(' · ');
  const wait = api?.retryAfter ?? null;
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden="true" />}
      title={t(`problem.${kind}.title`)}
      role="alert"
    >
      <Text size="sm">{api?.message || t(`problem.${kind}.advice`)}</Text>
      {wait === null ? null : <Text size="sm">{t('problem.wait', { count: wait })}</Text>}
      <Group gap="xs" mt="xs">
        {onRetry === undefined ? null : (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            {t('action.retry')}
          </Button>
        )}
        <Code>{code}</Code>
        <CopyButton value={code} label={t('problem.copy')} />
      </Group>
    </Alert>
  );
}
