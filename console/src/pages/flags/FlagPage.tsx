import { Alert, Anchor, Button, Skeleton, Stack, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Flag, FlagRequest } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { changeFlag, createFlag, flagQuery, removeFlag } from '../../api/flags.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { FlagForm } from './FlagForm.tsx';
import styles from './Flags.module.css';

const route = getRouteApi('/shell/website/flags/$id');

/** A flag that does not exist yet. */
export function NewFlagPage() {
  const { t } = useTranslation();
  const api = useApi();
  const navigate = useNavigate();
  const save = useSave((flag) => createFlag(api, flag));
  return (
    <>
      <PageHeader above={<Back />} title={t('flags.new')} purpose={t('flags.purpose')} />
      <FlagForm
        onSave={(flag) =>
          save.mutate(flag, {
            onSuccess: ({ id }) => void navigate({ to: '/website/flags/$id', params: { id } }),
          })
        }
        saving={save.isPending}
        problem={save.error}
      />
    </>
  );
}

/** One flag: its default, its rules, and which of them fit nobody. */
export function FlagPage() {
  const { t } = useTranslation();
  const api = useApi();
  const { can } = useSession();
  const { id } = route.useParams();
  const query = useQuery(flagQuery(api, id));
  const save = useSave((flag) => changeFlag(api, id, flag));
  const flag = query.data;
  if (flag === undefined)
    return (
      <Stack aria-busy={query.isPending}>
        <Back />
        {query.error === null ? (
          <Skeleton height={320} />
        ) : (
          <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        )}
      </Stack>
    );
  return (
    <>
      <PageHeader
        above={<Back />}
        title={flag.definition.key}
        purpose={flag.definition.name}
        actions={can('experience.write') ? <Remove flag={flag} /> : undefined}
      />
      <Stack gap="lg">
        {flag.problems.length === 0 ? null : (
          <Alert color="yellow" variant="light" title={t('flags.problems')}>
            {flag.problems.map(({ rule, problem }) => (
              <Text key={`${rule} ${problem}`} size="sm">
                {t(`flags.problem.${problem}`, { rule: rule + 1 })}
              </Text>
            ))}
          </Alert>
        )}
        <FlagForm
          key={flag.updatedAt}
          start={flag.definition}
          onSave={(next) => save.mutate(next)}
          saving={save.isPending}
          problem={save.error}
        />
      </Stack>
    </>
  );
}

function useSave(store: (flag: FlagRequest) => Promise<Flag>) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: store,
    onSuccess: async ({ definition }) => {
      notifications.show({ message: t('flags.saved', { key: definition.key }) });
      await client.invalidateQueries({ queryKey: ['flags'] });
    },
  });
}

function Remove({ flag }: { flag: Flag }) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const { key } = flag.definition;
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('flags.remove')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('flags.removeTitle', { key })}
        confirmLabel={t('flags.remove')}
        danger
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          await removeFlag(api, flag.id);
          notifications.show({ message: t('flags.removed', { key }) });
          await navigate({ to: '/website/flags' });
          await client.invalidateQueries({ queryKey: ['flags', 'list'] });
        }}
      >
        <Text>{t('flags.removeNote')}</Text>
      </ConfirmDialog>
    </>
  );
}

function Back() {
  const { t } = useTranslation();
  return (
    <Anchor component={Link} to="/website/flags" size="sm" c="dimmed" className={styles.back}>
      <IconArrowLeft size={14} aria-hidden="true" /> {t('flags.title')}
    </Anchor>
  );
}
