import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { type Invitation, roleSchema } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { inviteUser } from '../../api/settings.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

interface InviteDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Null: the person has a password already and needs no link. */
  readonly onInvited: (invitation: Invitation | null) => void;
}

export function InviteDialog({ opened, onClose, onInvited }: InviteDialogProps) {
  const { t } = useTranslation();
  const api = useApi();
  const form = useForm({
    initialValues: { name: '', email: '', role: 'marketer' },
    validate: {
      name: (value) => (value.trim() === '' ? t('setup.required') : null),
      email: (value) => (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : t('setup.badEmail')),
    },
  });
  const invite = useMutation({
    mutationFn: (values: typeof form.values) =>
      inviteUser(api, { name: values.name.trim(), email: values.email.trim(), role: roleSchema.parse(values.role) }),
    onSuccess: ({ invitation, user }) => {
      if (invitation === null) notifications.show({ message: t('users.added', { name: user.name }) });
      form.reset();
      onInvited(invitation);
    },
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('users.invite')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={form.onSubmit((values) => invite.mutate(values))} noValidate>
        <Stack gap="sm">
          {invite.error === null ? null : <ProblemAlert error={invite.error} />}
          <TextInput label={t('users.name')} data-autofocus {...form.getInputProps('name')} />
          <TextInput label={t('signIn.email')} type="email" {...form.getInputProps('email')} />
          <Select
            label={t('users.role')}
            data={roleSchema.options.map((value) => ({ value, label: t(`role.${value}`) }))}
            description={t(`roleHint.${roleSchema.parse(form.values.role)}`)}
            {...form.getInputProps('role')}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={invite.isPending}>
              {t('users.invite')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
