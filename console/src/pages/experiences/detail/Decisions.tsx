import { Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../../api/context.tsx';
import { decisionsQuery, type Situation } from '../../../api/experiences.ts';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { DecisionList } from './DecisionList.tsx';

interface DecisionsProps {
  readonly profile: string;
  readonly situation: Situation;
  readonly own?: string;
}

/** What one customer would get there now. */
export function Decisions({ profile, situation, own }: DecisionsProps) {
  const [settled] = useDebouncedValue(situation, 300);
  const query = useQuery(decisionsQuery(useApi(), profile, settled));
  if (query.data !== undefined)
    return own === undefined ? <DecisionList answer={query.data} /> : <DecisionList answer={query.data} own={own} />;
  return query.error === null ? (
    <Skeleton height={120} aria-busy="true" />
  ) : (
    <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
  );
}
