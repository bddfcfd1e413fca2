import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Lookalike } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { changeLookalike, isScoring, lookalikeQuery, refreshLookalike, removeLookalike } from '../../api/lookalikes.ts';
import { createSegment } from '../../api/segments.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { DetailPage } from '../../ui/DetailPage.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { StatRow, StatTile } from '../../ui/StatTile.tsx';
import { foundAt, liftAt, peopleAt } from './curve.ts';
import { LookalikeState } from './LookalikeState.tsx';
import styles from './Lookalikes.module.css';
import { Curve, Features } from './Quality.tsx';
import { ReachSlider } from './ReachSlider.tsx';

const route = getRouteApi('/shell/lookalikes/$id');

/** One lookalike: how many and how like, how well they are told apart, and what by. */
export function LookalikePage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const query = useQuery(lookalikeQuery(useApi(), id));
  return (
    <DetailPage
      query={query}
      back={{ to: '/lookalikes', label: t('lookalikes.title') }}
      title={({ name }) => name}
      state={(lookalike) => <LookalikeState lookalike={lookalike} />}
      purpose={({ segment }) => (
        <Link to="/segments/$id" params={{ id: segment.id }}>
          {t('lookalikes.segmentOf', { segment: segment.name })}
        </Link>
      )}
      actions={(lookalike) => <Actions lookalike={lookalike} />}
    >
      {(lookalike) => (
        <Stack gap="lg">
          <Standing lookalike={lookalike} />
          {lookalike.quality === null ? null : <Ready lookalike={lookalike} />}
        </Stack>
      )}
    </DetailPage>
  );
}

/** Still learning, or why there is none. */
function Standing({ lookalike }: { lookalike: Lookalike }) {
  const { t } = useTranslation();
  const { state, reason } = lookalike;
  if (isScoring(lookalike))
    return (
      <Card title={t(`lookalikes.state.${state}`)}>
        <Text size="sm" role="status" mb="xs">
          {t('lookalikes.created')}
        </Text>
        <ProgressLine label={t(`lookalikes.state.${state}`)} share={null} />
      </Card>
    );
  if (reason === null) return null;
  return (
    <Alert color={state === 'failed' ? 'red' : 'yellow'} variant="light" title={t(`lookalikes.state.${state}`)}>
      {t(`lookalikes.reason.${reason}`)}
      <LearnAgain id={lookalike.id} />
    </Alert>
  );
}

/** For when the segment has changed since; every night does the same. */
function LearnAgain({ id }: { id: string }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const refresh = useMutation({
    mutationFn: () => refreshLookalike(api, id),
    onSettled: () => client.invalidateQueries({ queryKey: ['lookalikes'] }),
  });
  if (!can('segments.write')) return null;
  return (
    <>
      <div style={{ marginTop: 8 }}>
        <Button size="compact-sm" variant="default" loading={refresh.isPending} onClick={() => refresh.mutate()}>
          {t('lookalikes.again')}
        </Button>
      </div>
      {refresh.error === null ? null : <ProblemAlert error={refresh.error} />}
    </>
  );
}

function Ready({ lookalike }: { lookalike: Lookalike }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { quality, seeds, candidates, people, reach, at } = lookalike;
  if (quality === null) return null;
  const lift = liftAt(quality.curve, reach);
  return (
    <>
      <StatRow>
        <StatTile
          label={t('lookalikes.people')}
          definition={t('lookalikes.peopleDefinition')}
          value={format.number(people)}
          note={t('lookalikes.reachText', { share: format.percent(reach) })}
        />
        {lift === null ? null : (
          <StatTile
            label={t('lookalikes.lift')}
            definition={t('lookalikes.liftDefinition')}
            value={`× ${format.number(lift, 1)}`}
            note={t('lookalikes.liftText', { lift: format.number(lift, 1) })}
          />
        )}
        <StatTile
          label={t('lookalikes.seeds')}
          definition={t('lookalikes.seedsDefinition')}
          value={format.number(seeds)}
        />
        <StatTile
          label={t('lookalikes.candidates')}
          definition={t('lookalikes.candidatesDefinition')}
          value={format.number(candidates)}
        />
        <StatTile
          label={t('lookalikes.auc')}
          definition={t('lookalikes.aucDefinition')}
          value={format.percent(quality.auc)}
        />
      </StatRow>
      <ChooseReach key={reach} lookalike={lookalike} curve={quality.curve} />
      <div className={styles.two}>
        <Curve curve={quality.curve} />
        <Features lookalike={lookalike} />
      </div>
      {at === null ? null : (
        <Text size="xs" c="dimmed">
          {t('lookalikes.scoredAt', { at: format.dateTime(at) })}
        </Text>
      )}
    </>
  );
}

interface ChooseProps {
  readonly lookalike: Lookalike;
  readonly curve: NonNullable<Lookalike['quality']>['curve'];
}

/** The slider, and at once what it means in people and likeness. */
function ChooseReach({ lookalike, curve }: ChooseProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const [reach, setReach] = useState(lookalike.reach);
  const keep = useMutation({
    mutationFn: () => changeLookalike(api, lookalike.id, { reach }),
    onSuccess: async () => {
      notifications.show({ message: t('lookalikes.kept') });
      await client.invalidateQueries({ queryKey: ['lookalikes'] });
      await client.invalidateQueries({ queryKey: ['segments'] });
    },
  });
  const found = foundAt(curve, reach);
  const lift = liftAt(curve, reach);
  const people = peopleAt(lookalike.candidates, reach);
  const said =
    found === null || lift === null
      ? t('lookalikes.atReachPlain', { people })
      : t('lookalikes.atReach', { people, lift: format.number(lift, 1), found: format.percent(found) });
  const mayWrite = can('segments.write');
  return (
    <Card title={t('lookalikes.choose')} note={t('lookalikes.chooseNote')}>
      <Stack gap="md">
        <ReachSlider reach={reach} onChange={setReach} said={said} disabled={!mayWrite} />
        {keep.error === null ? null : <ProblemAlert error={keep.error} />}
        {mayWrite ? (
          <Group>
            <Button loading={keep.isPending} disabled={reach === lookalike.reach} onClick={() => keep.mutate()}>
              {t('lookalikes.keep')}
            </Button>
          </Group>
        ) : null}
      </Stack>
    </Card>
  );
}

function Actions({ lookalike }: { lookalike: Lookalike }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [removing, setRemoving] = useState(false);
  const { id, name, segment } = lookalike;
  const use = useMutation({
    mutationFn: () =>
      createSegment(api, {
        name,
        description: t('lookalikes.segmentOf', { segment: segment.name }),
        definition: { kind: 'all', of: [{ kind: 'lookalike', lookalike: id }] },
      }),
    onSuccess: async (created) => {
      await client.invalidateQueries({ queryKey: ['segments'] });
      notifications.show({ message: t('lookalikes.used', { name }) });
      await navigate({ to: '/segments/$id', params: { id: created.id } });
    },
  });
  if (!can('segments.write')) return null;
  return (
    <>
      <Button variant="default" onClick={() => setRemoving(true)}>
        {t('lookalikes.remove')}
      </Button>
      <Button
        leftSection={<IconUsersGroup size={16} aria-hidden="true" />}
        disabled={lookalike.state !== 'ready'}
        loading={use.isPending}
        onClick={() => use.mutate()}
      >
        {t('lookalikes.use')}
      </Button>
      {use.error === null ? null : <ProblemAlert error={use.error} />}
      <ConfirmDialog
        opened={removing}
        title={t('lookalikes.removeTitle', { name })}
        confirmLabel={t('lookalikes.remove')}
        danger
        onClose={() => setRemoving(false)}
        onConfirm={async () => {
          await removeLookalike(api, id);
          notifications.show({ message: t('lookalikes.removed', { name }) });
          await navigate({ to: '/lookalikes' });
          await client.invalidateQueries({ queryKey: ['lookalikes', 'list'] });
        }}
      >
        <Text>{t('lookalikes.removeNote')}</Text>
      </ConfirmDialog>
    </>
  );
}
