import { Anchor, Button, Skeleton, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Score } from '@vitrail/contracts';
import { useMemo, useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { changeScore, createScore, removeScore, scoreQuery } from '../../api/scores.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { startDefinition } from './draft.ts';
import { ScoreForm } from './ScoreForm.tsx';

const route = getRouteApi('/shell/segments/scores/$id');

function Back() {
  const { t } = useTranslation();
  return (
    <Anchor component={Link} to="/segments/scores" size="sm" c="dimmed">
      <IconArrowLeft size={14} aria-hidden="true" /> {t('scores.title')}
    </Anchor>
  );
}

/** A score that is not there yet. */
export function NewScorePage() {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { can } = useSession();
  const start = useMemo(
    () => ({
      name: '',
      description: '',
      definition: startDefinition({
        visits: t('scores.start.visits'),
        carts: t('scores.start.carts'),
        orders: t('scores.start.orders'),
        cold: t('scores.start.cold'),
        warm: t('scores.start.warm'),
        hot: t('scores.start.hot'),
      }),
    }),
    [t],
  );
  return (
    <>
      <PageHeader title={t('scores.new')} purpose={t('scores.purpose')} above={<Back />} />
      <ScoreForm
        start={start}
        readOnly={!can('segments.write')}
        onSave={async (written) => {
          const { id } = await createScore(api, written);
          await client.invalidateQueries({ queryKey: ['scores'] });
          notifications.show({ message: t('scores.saved') });
          await navigate({ to: '/segments/scores/$id', params: { id } });
        }}
      />
    </>
  );
}

/** One score: what gives points, and who has them. */
export function ScorePage() {
  const { id } = route.useParams();
  const query = useQuery({ ...scoreQuery(useApi(), id), refetchOnWindowFocus: false });
  if (query.isPending) return <Skeleton height={420} aria-busy="true" />;
  if (query.data === undefined) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  return <OpenScore key={query.data.version} score={query.data} />;
}

function OpenScore({ score }: { score: Score }) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { can } = useSession();
  const [removing, setRemoving] = useState(false);
  const { id, name, description, definition, usedBy } = score;
  return (
    <>
      <PageHeader
        title={name}
        above={<Back />}
        purpose={
          usedBy.length === 0 ? (
            t('scores.unused')
          ) : (
            <>
              {t('scores.usedBy')}{' '}
              {usedBy.map((segment, at) => (
                <span key={segment.id}>
                  {at === 0 ? '' : ', '}
                  <Link to="/segments/$id" params={{ id: segment.id }}>
                    {segment.name}
                  </Link>
                </span>
              ))}
            </>
          )
        }
      />
      <ScoreForm
        start={{ name, description, definition }}
        readOnly={!can('segments.write')}
        onSave={async (written) => {
          await changeScore(api, id, written);
          notifications.show({ message: t(usedBy.length === 0 ? 'scores.saved' : 'scores.savedUsed') });
          await client.invalidateQueries({ queryKey: ['scores'] });
        }}
        actions={
          <Button variant="default" onClick={() => setRemoving(true)}>
            {t('action.remove')}
          </Button>
        }
      />
      <ConfirmDialog
        opened={removing}
        title={t('scores.removeTitle', { name })}
        confirmLabel={t('action.remove')}
        danger
        onConfirm={async () => {
          await removeScore(api, id);
          await client.invalidateQueries({ queryKey: ['scores'] });
          await navigate({ to: '/segments/scores' });
        }}
        onClose={() => setRemoving(false)}
      >
        <Text>{t('scores.removeNote')}</Text>
      </ConfirmDialog>
    </>
  );
}
