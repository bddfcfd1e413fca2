import { Alert, Button, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type SqlRefusal, sqlRefusals } from '@vitrail/contracts';
import { ApiError } from '../../api/problem.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

interface SqlProblemProps {
  readonly error: unknown;
  readonly onGoTo: (line: number, column: number) => void;
}

const reasonOf = (error: unknown): SqlRefusal | undefined =>
  error instanceof ApiError ? sqlRefusals.find((reason) => error.code === `decide.sql_${reason}`) : undefined;

/** Why a statement was not answered, in the reader's words, with what the server found and where. */
export function SqlProblem({ error, onGoTo }: SqlProblemProps) {
  const { t } = useTranslation();
  const reason = reasonOf(error);
  if (reason === undefined || !(error instanceof ApiError)) return <ProblemAlert error={error} />;
  const { line, column } = error.details;
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden="true" />}
      title={t(`sql.refused.${reason}`)}
      role="alert"
    >
      <Text size="sm">{error.message}</Text>
      {typeof line === 'number' && typeof column === 'number' ? (
        <Button mt="xs" size="compact-sm" variant="default" onClick={() => onGoTo(line, column)}>
          {t('sql.goTo', { line, column })}
        </Button>
      ) : null}
    </Alert>
  );
}
