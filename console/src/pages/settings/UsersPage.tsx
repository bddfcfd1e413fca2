import { ActionIcon, Button, Group, Menu, Select, Text } from '@mantine/core';
import { IconDots, IconMail, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Invitation, roleSchema, type User } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { wholeList } from '../../api/pages.ts';
import { changeRole, inviteAgain, removeUser, usersQuery } from '../../api/settings.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { DateTime } from '../../ui/format/FormatProvider.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { InvitationLink } from './InvitationLink.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { RoleTable } from './RoleTable.tsx';

/** Who may come in, and what they may do. */
export function UsersPage() {
  const { t } = useTranslation();
  const { user } = useSession();
  const api = useApi();
  const queryClient = useQueryClient();
  const users = useQuery(usersQuery(api));
  const [inviting, setInviting] = useState(false);
  const [removing, setRemoving] = useState<User | null>(null);
  const [link, setLink] = useState<Invitation | null>(null);
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['users'] });
  const role = useMutation({
    mutationFn: (change: { id: string; role: User['role'] }) => changeRole(api, change.id, change.role),
    onSuccess: async (changed) => {
      await refresh();
      notifications.show({ message: t('users.roleChanged', { name: changed.name, role: t(`role.${changed.role}`) }) });
    },
  });
  const again = useMutation({ mutationFn: (id: string) => inviteAgain(api, id), onSuccess: setLink });
  const columns: readonly Column<User>[] = [
    {
      id: 'name',
      header: t('users.name'),
      cell: (row) => (
        <div>
          <Text fw={500}>{row.name}</Text>
          <Text size="xs" c="dimmed">
            {row.email}
          </Text>
        </div>
      ),
      text: (row) => row.email,
      fixed: true,
      width: '32%',
    },
    {
      id: 'role',
      header: t('users.role'),
      cell: (row) =>
        row.id === user.id ? (
          t(`role.${row.role}`)
        ) : (
          <Select
            aria-label={t('users.roleOf', { name: row.name })}
            w={190}
            data={roleSchema.options.map((value) => ({ value, label: t(`role.${value}`) }))}
            value={row.role}
            disabled={role.isPending}
            onChange={(value) => role.mutate({ id: row.id, role: roleSchema.parse(value) })}
          />
        ),
      text: (row) => row.role,
    },
    {
      id: 'state',
      header: t('users.state'),
      cell: (row) =>
        row.state === 'invited' ? (
          <StatusBadge tone="warn">{t('users.invited')}</StatusBadge>
        ) : (
          <StatusBadge tone={row.twoFactor ? 'good' : 'quiet'}>
            {t(row.twoFactor ? 'users.twoFactor' : 'users.password')}
          </StatusBadge>
        ),
      text: (row) => row.state,
    },
    {
      id: 'since',
      header: t('users.since'),
      cell: (row) => <DateTime at={row.createdAt} only="date" />,
      text: (row) => row.createdAt,
      align: 'end',
    },
    {
      id: 'actions',
      header: t('table.actions'),
      align: 'end',
      fixed: true,
      cell: (row) =>
        row.id === user.id ? (
          <Text size="xs" c="dimmed">
            {t('users.you')}
          </Text>
        ) : (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon aria-label={t('users.actions', { name: row.name })}>
                <IconDots size={18} aria-hidden="true" />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconMail size={16} aria-hidden="true" />} onClick={() => again.mutate(row.id)}>
                {t('users.newLink')}
              </Menu.Item>
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={16} aria-hidden="true" />}
                onClick={() => setRemoving(row)}
              >
                {t('action.remove')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        ),
    },
  ];
  const problem = role.error ?? again.error;
  return (
    <>
      <PageHeader
        title={t('place.users')}
        purpose={t('users.purpose')}
        actions={<Button onClick={() => setInviting(true)}>{t('users.invite')}</Button>}
      />
      {problem === null ? null : <ProblemAlert error={problem} />}
      <DataTable
        id="users"
        label={t('place.users')}
        columns={columns}
        list={wholeList(users)}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('users.none')} />}
      />
      <RoleTable />
      <InviteDialog
        opened={inviting}
        onClose={() => setInviting(false)}
        onInvited={(invitation) => {
          void refresh();
          setInviting(false);
          setLink(invitation);
        }}
      />
      <InvitationLink invitation={link} onClose={() => setLink(null)} />
      <ConfirmDialog
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title={t('users.removeTitle', { name: removing?.name ?? '' })}
        confirmLabel={t('action.remove')}
        danger
        onConfirm={async () => {
          if (removing === null) return;
          await removeUser(api, removing.id);
          await refresh();
          notifications.show({ message: t('users.removed', { name: removing.name }) });
        }}
      >
        <Group>
          <Text>{t('users.removeAdvice')}</Text>
        </Group>
      </ConfirmDialog>
    </>
  );
}
