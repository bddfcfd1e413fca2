import { Alert, SegmentedControl, Skeleton, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { findJourneyProblems, type JourneyDefinition, type JourneyDetail } from '@vitrail/contracts';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { journeyQuery } from '../../api/journeys.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { DetailPage, DetailTabs } from '../../ui/DetailPage.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { StatRow, StatTile } from '../../ui/StatTile.tsx';
import { AddStepDialog } from './AddStepDialog.tsx';
import { addStep, type Place } from './draft.ts';
import { JourneyActions } from './JourneyActions.tsx';
import { JourneyState } from './JourneyState.tsx';
import styles from './Journeys.module.css';
import { DryRunPanel } from './people/DryRunPanel.tsx';
import { PeopleAt } from './people/PeopleAt.tsx';
import { TracePanel } from './people/TracePanel.tsx';
import { SaveBar } from './SaveBar.tsx';
import { StepList } from './steps/StepList.tsx';
import { StepPanel } from './steps/StepPanel.tsx';
import { TriggerPanel } from './steps/TriggerPanel.tsx';
import { useStepWords } from './useStepWords.ts';
import { VersionsPanel } from './VersionsPanel.tsx';

// The drawing is heavy: it comes when it is first looked at.
const JourneyCanvas = lazy(() => import('./canvas/JourneyCanvas.tsx'));

const route = getRouteApi('/shell/messages/journeys/$id');
const tabs = ['drawing', 'people', 'try', 'versions'] as const;

/** One journey: drawn or as a list, edited beside it; its people, a try, its versions. */
export function JourneyPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const query = useQuery(journeyQuery(useApi(), id));
  return (
    <DetailPage
      query={query}
      back={{ to: '/messages/journeys', label: t('journeys.title') }}
      title={({ name }) => name}
      state={({ state }) => <JourneyState state={state} />}
      purpose={({ description }) => description}
      actions={(journey) => <JourneyActions journey={journey} />}
    >
      {(journey) => <Workbench key={id} journey={journey} />}
    </DetailPage>
  );
}

/** What is being changed, until it is saved. */
interface Draft {
  readonly basedOn: number;
  readonly name: string;
  readonly definition: JourneyDefinition;
}

function Workbench({ journey }: { journey: JourneyDetail }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { can } = useSession();
  const { tab = 'drawing', person } = route.useSearch();
  const [draft, setDraft] = useState<Draft | null>(null);
  const { definition } = draft ?? journey;
  const edit = (changed: JourneyDefinition): void =>
    setDraft({ basedOn: draft?.basedOn ?? journey.version, name: draft?.name ?? journey.name, definition: changed });
  const mayWrite = can('messages.write') && journey.state !== 'archived';
  const open = (search: { tab?: (typeof tabs)[number]; person?: string }): void =>
    void navigate({ to: '/messages/journeys/$id', params: { id: journey.id }, search, replace: true });
  return (
    <Stack gap="lg">
      <Numbers journey={journey} />
      <Missing journey={journey} />
      {draft === null ? null : (
        <SaveBar
          journey={journey}
          draft={draft}
          onName={(name) => setDraft({ ...draft, name })}
          onDone={() => setDraft(null)}
        />
      )}
      <DetailTabs
        tabs={tabs}
        value={tab}
        label={(one) => t(`journeys.tab.${one}`)}
        onChange={(next) => open({ tab: next })}
      >
        <Tabs.Panel value="drawing">
          <Drawing
            journey={journey}
            definition={definition}
            isDraft={draft !== null}
            onChange={mayWrite ? edit : null}
            onTrace={(profile) => open({ tab: 'people', person: profile })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="people">
          <TracePanel
            key={person ?? ''}
            journey={journey.id}
            definition={definition}
            profile={person ?? null}
            onProfile={(profile) => open({ tab: 'people', person: profile })}
          />
          <NotEntered journey={journey} />
        </Tabs.Panel>
        <Tabs.Panel value="try">
          <DryRunPanel journey={journey.id} definition={definition} />
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <VersionsPanel
            journey={journey}
            onTake={
              mayWrite
                ? (taken) => {
                    edit(taken);
                    open({});
                  }
                : null
            }
          />
        </Tabs.Panel>
      </DetailTabs>
    </Stack>
  );
}

function Numbers({ journey: { people } }: { journey: JourneyDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const share = (part: number, of: number): string => (of === 0 ? '–' : format.percent(part / of));
  return (
    <StatRow>
      <StatTile
        label={t('journeys.inside')}
        value={format.number(people.inside)}
        definition={t('journeys.insideNote')}
      />
      <StatTile
        label={t('journeys.entered')}
        value={format.number(people.entered)}
        definition={t('journeys.enteredNote')}
      />
      <StatTile
        label={t('journeys.goal')}
        value={share(people.goal, people.entered)}
        note={format.number(people.goal)}
        definition={t('journeys.goalShareNote')}
      />
      {people.holdout === 0 ? null : (
        <StatTile
          label={t('journeys.holdoutGoal')}
          value={share(people.holdoutGoal, people.holdout)}
          note={t('journeys.holdoutPeople', { people: people.holdout })}
          definition={t('journeys.holdoutNote')}
        />
      )}
    </StatRow>
  );
}

/** What has to be chosen before it can start. */
function Missing({ journey }: { journey: JourneyDetail }) {
  const { t } = useTranslation();
  const words = useStepWords();
  if (journey.missing.length === 0 || journey.state === 'live') return null;
  return (
    <Alert color="yellow" variant="light" title={t('journeys.missingTitle')}>
      <ul>
        {journey.missing.map(({ node, what }) => {
          const step = journey.definition.nodes[node];
          return (
            <li key={`${node}/${what}`}>
              {t(`journeys.missing.${what}`, { step: step === undefined ? node : words.title(step) })}
            </li>
          );
        })}
      </ul>
    </Alert>
  );
}

function NotEntered({ journey }: { journey: JourneyDetail }) {
  const { t } = useTranslation();
  if (journey.notEntered.length === 0) return null;
  return (
    <Stack gap={4} mt="md">
      <Text fw={600}>{t('journeys.notEnteredCount')}</Text>
      {journey.notEntered.map(({ reason, people }) => (
        <Text key={reason} size="sm">
          {t('journeys.whyCount', { people, why: t(`journeys.why.${reason}`) })}
        </Text>
      ))}
    </Stack>
  );
}

function Drawing({
  journey,
  definition,
  isDraft,
  onChange,
  onTrace,
}: {
  journey: JourneyDetail;
  definition: JourneyDefinition;
  isDraft: boolean;
  onChange: ((definition: JourneyDefinition) => void) | null;
  onTrace: (profile: string) => void;
}) {
  const { t } = useTranslation();
  const words = useStepWords();
  const [view, setView] = useState<'canvas' | 'list'>('canvas');
  const [selected, setSelected] = useState('trigger');
  const [place, setPlace] = useState<Place | null>(null);
  const [people, setPeople] = useState<string | null>(null);
  const problems = useMemo(
    () =>
      new Set([
        ...findJourneyProblems(definition).map(({ path }) => String(path[1] ?? path[0] ?? '')),
        ...(isDraft ? [] : journey.missing.map(({ node }) => node)),
      ]),
    [definition, journey.missing, isDraft],
  );
  const node = definition.nodes[selected];
  const views = {
    definition,
    numbers: journey.state === 'draft' ? null : journey,
    problems,
    selected: node === undefined ? 'trigger' : selected,
    onSelect: setSelected,
    onAdd: onChange === null ? null : setPlace,
  };
  const change = onChange ?? (() => undefined);
  return (
    <>
      <SegmentedControl
        mb="sm"
        aria-label={t('journeys.view')}
        value={view}
        onChange={(value) => setView(value === 'list' ? 'list' : 'canvas')}
        data={[
          { value: 'canvas', label: t('journeys.asDrawing') },
          { value: 'list', label: t('journeys.asList') },
        ]}
      />
      <div className={styles.work}>
        {view === 'list' ? (
          <StepList {...views} />
        ) : (
          <Suspense fallback={<Skeleton height={480} />}>
            <JourneyCanvas {...views} />
          </Suspense>
        )}
        {node === undefined ? (
          <TriggerPanel definition={definition} onChange={change} disabled={onChange === null} />
        ) : (
          <StepPanel
            key={selected}
            id={selected}
            node={node}
            definition={definition}
            onChange={change}
            disabled={onChange === null}
            onPeople={journey.state === 'draft' ? null : () => setPeople(selected)}
          />
        )}
      </div>
      {place === null || onChange === null ? null : (
        <AddStepDialog
          onClose={() => setPlace(null)}
          onChoose={(kind) => {
            const added = addStep(definition, place, kind);
            onChange(added.definition);
            setSelected(added.id);
            setPlace(null);
          }}
        />
      )}
      {people === null ? null : (
        <PeopleAt
          journey={journey.id}
          node={people}
          title={definition.nodes[people] === undefined ? people : words.title(definition.nodes[people])}
          onTrace={onTrace}
          onClose={() => setPeople(null)}
        />
      )}
    </>
  );
}
