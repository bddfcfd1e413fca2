import { ActionIcon, Button, FileButton, Group, Skeleton, Text } from '@mantine/core';
import { IconTrash, IconUpload } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Asset } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { assetsQuery, removeAsset, uploadAsset } from '../../../api/templates.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import styles from '../Templates.module.css';

/** Pictures for messages, and their addresses. */
export function Pictures({ readOnly }: { readOnly: boolean }) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const assets = useQuery(assetsQuery(api));
  const [removing, setRemoving] = useState<Asset | null>(null);
  const again = () => client.invalidateQueries({ queryKey: ['assets'] });
  const upload = useMutation({ mutationFn: (file: File) => uploadAsset(api, file), onSuccess: again });
  return (
    <Card
      title={t('templates.pictures.title')}
      note={t('templates.pictures.note')}
      actions={
        readOnly ? undefined : (
          <FileButton
            accept="image/png,image/jpeg,image/gif,image/webp"
            onChange={(file) => {
              if (file !== null) upload.mutate(file);
            }}
          >
            {(props) => (
              <Button
                {...props}
                variant="default"
                loading={upload.isPending}
                leftSection={<IconUpload size={16} aria-hidden="true" />}
              >
                {t('templates.pictures.add')}
              </Button>
            )}
          </FileButton>
        )
      }
    >
      {upload.error === null ? null : <ProblemAlert error={upload.error} />}
      {assets.error !== null ? (
        <ProblemAlert error={assets.error} onRetry={() => void assets.refetch()} />
      ) : assets.data === undefined ? (
        <Skeleton height={120} aria-busy="true" />
      ) : assets.data.items.length === 0 ? (
        <Text c="dimmed">{t('templates.pictures.none')}</Text>
      ) : (
        <div className={styles.pictures}>
          {assets.data.items.map((asset) => (
            <div key={asset.id} className={styles.picture}>
              <img src={new URL(asset.url, window.location.href).pathname} alt={asset.name} loading="lazy" />
              <Group gap={4} justify="space-between" wrap="nowrap">
                <Text size="sm" truncate>
                  {asset.name}
                </Text>
                <Group gap={4} wrap="nowrap">
                  <CopyButton value={asset.url} label={t('templates.pictures.copy', { name: asset.name })} />
                  {readOnly ? null : (
                    <ActionIcon
                      variant="subtle"
                      color="red"
                      aria-label={t('templates.pictures.remove', { name: asset.name })}
                      onClick={() => setRemoving(asset)}
                    >
                      <IconTrash size={16} aria-hidden="true" />
                    </ActionIcon>
                  )}
                </Group>
              </Group>
            </div>
          ))}
        </div>
      )}
      <ConfirmDialog
        opened={removing !== null}
        title={t('templates.pictures.remove', { name: removing?.name ?? '' })}
        confirmLabel={t('action.remove')}
        danger
        onConfirm={async () => {
          if (removing !== null) await removeAsset(api, removing.id);
          await again();
        }}
        onClose={() => setRemoving(null)}
      >
        <Text>{t('templates.pictures.removeNote')}</Text>
      </ConfirmDialog>
    </Card>
  );
}
