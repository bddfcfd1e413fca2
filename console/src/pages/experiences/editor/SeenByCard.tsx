import { Alert, Button, Group, SegmentedControl, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { DecisionsAnswer, ProfileSummary } from '@vitrail/contracts';
import { useCallback, useEffect, useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import type { Situation } from '../../../api/experiences.ts';
import { seenByQuery } from '../../../api/pageEditor.ts';
import { segmentChoicesQuery, useMembers } from '../../../api/segments.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { PersonName } from '../../../ui/PersonName.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { PersonSearch } from '../../segments/detail/Why.tsx';
import { PersonById } from '../../segments/PersonById.tsx';
import { DecisionList } from '../detail/DecisionList.tsx';

/** Whose page it is: that of this experience alone, of a new visitor, of a customer, of somebody of a segment. */
export type Viewer =
  | { readonly as: 'alone' }
  | { readonly as: 'visitor' }
  | { readonly as: 'customer'; readonly person: ProfileSummary | null }
  | { readonly as: 'segment'; readonly segment: string | null; readonly person: string | null };

const kinds = ['alone', 'visitor', 'customer', 'segment'] as const;

/** Who is asked about; undefined while nobody is chosen. */
export function profileOf(viewer: Viewer): string | null | undefined {
  switch (viewer.as) {
    case 'alone':
      return undefined;
    case 'visitor':
      return null;
    case 'customer':
      return viewer.person?.id;
    case 'segment':
      return viewer.person ?? undefined;
  }
}

/** What the viewer gets on this page; undefined while nobody is chosen or nothing is known. */
export function useSeenBy(viewer: Viewer, situation: Situation) {
  const profile = profileOf(viewer);
  return useQuery({ ...seenByQuery(useApi(), profile ?? null, situation), enabled: profile !== undefined });
}

interface SeenByCardProps {
  readonly viewer: Viewer;
  readonly onViewer: (viewer: Viewer) => void;
  readonly answer: DecisionsAnswer | undefined;
  readonly problem: unknown;
  /** The key of the experience that is edited. */
  readonly own: string;
  /** A draft shows to nobody yet. */
  readonly running: boolean;
}

/** The page as somebody else: chosen here, shown in the frame, with the reasons for what does not show. */
export function SeenByCard({ viewer, onViewer, answer, problem, own, running }: SeenByCardProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const shown = kinds.filter((kind) => kind !== 'segment' || can('segments.read'));
  return (
    <Card title={t('pageEditor.seenBy')} note={t('pageEditor.seenByNote')}>
      <Stack gap="md">
        <SegmentedControl
          orientation="vertical"
          aria-label={t('pageEditor.seenBy')}
          value={viewer.as}
          onChange={(next) => {
            const as = kinds.find((kind) => kind === next) ?? 'alone';
            if (as === 'customer') onViewer({ as, person: null });
            else if (as === 'segment') onViewer({ as, segment: null, person: null });
            else onViewer({ as });
          }}
          data={shown.map((kind) => ({ value: kind, label: t(`pageEditor.viewer.${kind}`) }))}
        />
        {running || viewer.as === 'alone' ? null : (
          <Alert color="yellow" variant="light">
            {t('experiences.notRunning')}
          </Alert>
        )}
        {viewer.as === 'customer' ? (
          <>
            <PersonSearch onChoose={(person) => onViewer({ as: 'customer', person })} />
            {viewer.person === null ? null : <PersonName person={viewer.person} size={36} note={viewer.person.email} />}
          </>
        ) : null}
        {viewer.as === 'segment' ? <SegmentFields viewer={viewer} onViewer={onViewer} /> : null}
        {profileOf(viewer) === undefined ? null : answer !== undefined ? (
          <DecisionList answer={answer} own={own} />
        ) : problem === null ? (
          <Skeleton height={80} aria-busy="true" />
        ) : (
          <ProblemAlert error={problem} />
        )}
      </Stack>
    </Card>
  );
}

function SegmentFields({
  viewer,
  onViewer,
}: {
  viewer: Extract<Viewer, { as: 'segment' }>;
  onViewer: (viewer: Viewer) => void;
}) {
  const { t } = useTranslation();
  const segments = useQuery(segmentChoicesQuery(useApi())).data?.items ?? [];
  const [typed, setTyped] = useState('');
  const { segment } = viewer;
  const choose = useCallback(
    (person: string | null) => onViewer({ as: 'segment', segment, person }),
    [onViewer, segment],
  );
  return (
    <>
      <Select
        label={t('pageEditor.segment')}
        searchable
        searchValue={typed}
        onSearchChange={setTyped}
        value={segment}
        data={segments.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(next) => onViewer({ as: 'segment', segment: next, person: null })}
      />
      {segment === null ? null : (
        <MemberField key={segment} segment={segment} person={viewer.person} onChange={choose} />
      )}
    </>
  );
}

/** One of its people; the first one until another is wanted. */
function MemberField({
  segment,
  person,
  onChange,
}: {
  segment: string;
  person: string | null;
  onChange: (person: string | null) => void;
}) {
  const { t } = useTranslation();
  const { rows, isLoading } = useMembers(segment);
  const first = rows[0]?.id;
  useEffect(() => {
    if (person === null && first !== undefined) onChange(first);
  }, [person, first, onChange]);
  if (isLoading) return <Skeleton height={60} aria-busy="true" />;
  if (person === null) return <Text size="sm">{t('pageEditor.nobody')}</Text>;
  const next = rows[(rows.findIndex(({ id }) => id === person) + 1) % rows.length];
  return (
    <Group gap="sm">
      <PersonById id={person} />
      {next === undefined || next.id === person ? null : (
        <Button size="compact-sm" variant="default" onClick={() => onChange(next.id)}>
          {t('pageEditor.someoneElse')}
        </Button>
      )}
    </Group>
  );
}
