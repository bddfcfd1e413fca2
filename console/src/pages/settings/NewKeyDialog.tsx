import { Alert, Button, Checkbox, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type KeyScope, keyScopes } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { createSecretKey } from '../../api/settings.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './Settings.module.css';

/** Makes a secret key and shows it this one time. */
export function NewKeyDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly KeyScope[]>([]);
  const create = useMutation({
    mutationFn: () => createSecretKey(api, name.trim(), scopes),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['keys'] }),
  });
  const close = () => {
    create.reset();
    setName('');
    setScopes([]);
    onClose();
  };
  const secret = create.data?.secret ?? null;
  return (
    <Modal
      opened={opened}
      onClose={close}
      size="xl"
      title={t('keys.new')}
      closeOnClickOutside={secret === null}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {secret === null ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate();
          }}
        >
          <Stack>
            {create.error === null ? null : <ProblemAlert error={create.error} />}
            <TextInput
              label={t('keys.name')}
              placeholder={t('keys.nameHint')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              data-autofocus
              maxLength={120}
            />
            <Checkbox.Group
              label={t('keys.scopes')}
              description={t('keys.scopesHint')}
              value={[...scopes]}
              onChange={(values) => setScopes(keyScopes.filter((scope) => values.includes(scope)))}
            >
              <div className={styles.scopes}>
                {keyScopes.map((scope) => (
                  <Checkbox key={scope} value={scope} label={t(`scope.${scopeKey(scope)}`)} description={scope} />
                ))}
              </div>
            </Checkbox.Group>
            <Group justify="space-between">
              <Button variant="subtle" onClick={() => setScopes(scopes.length === keyScopes.length ? [] : keyScopes)}>
                {t(scopes.length === keyScopes.length ? 'keys.noScope' : 'keys.allScopes')}
              </Button>
              <Group gap="xs">
                <Button variant="default" onClick={close}>
                  {t('action.cancel')}
                </Button>
                <Button type="submit" loading={create.isPending} disabled={name.trim() === '' || scopes.length === 0}>
                  {t('keys.create')}
                </Button>
              </Group>
            </Group>
          </Stack>
        </form>
      ) : (
        <Stack>
          <Alert color="yellow" variant="light" icon={<IconAlertTriangle aria-hidden="true" />} title={t('keys.once')}>
            {t('keys.onceAdvice')}
          </Alert>
          <Code block className={styles.tight}>
            {secret}
          </Code>
          <Group justify="space-between">
            <CopyButton value={secret} label={t('keys.copy')} withText />
            <Button onClick={close}>{t('keys.kept')}</Button>
          </Group>
          <Text size="xs" c="dimmed">
            {t('keys.useIt')}
          </Text>
        </Stack>
      )}
    </Modal>
  );
}

type Dashed<Scope extends string> = Scope extends `${infer Area}.${infer Deed}` ? `${Area}-${Deed}` : never;

/** Scopes hold a dot, which parts keys in the catalogues. */
function scopeKey<Scope extends KeyScope>(scope: Scope): Dashed<Scope>;
function scopeKey(scope: string): string {
  return scope.replace('.', '-');
}
