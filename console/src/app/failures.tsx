import { Anchor, Button, Container, Stack, Title } from '@mantine/core';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from '../i18n/useTranslation.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

/** A page that could not be shown; the rail around it stays. */
export function RouteErrorPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  return (
    <Container size="sm" py="xl">
      <Stack>
        <Title order={1}>{t('failure.title')}</Title>
        <ProblemAlert
          error={error}
          onRetry={() => {
            reset();
            void router.invalidate();
          }}
        />
        <Anchor component={Link} to="/">
          {t('failure.home')}
        </Anchor>
      </Stack>
    </Container>
  );
}

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <EmptyState
      title={t('failure.notFound')}
      action={
        <Button component={Link} to="/">
          {t('failure.home')}
        </Button>
      }
    >
      {t('failure.notFoundAdvice')}
    </EmptyState>
  );
}

/** A page that exists and is not for this person's role. */
export function NoPermission() {
  const { t } = useTranslation();
  return <EmptyState title={t('problem.forbidden.title')}>{t('problem.forbidden.advice')}</EmptyState>;
}
