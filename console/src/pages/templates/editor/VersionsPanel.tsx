import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Template, TemplateContent } from '@vitrail/contracts';
import { useApi } from '../../../api/context.tsx';
import { readTemplateVersion, templateVersionsQuery } from '../../../api/templates.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Relative } from '../../../ui/format/FormatProvider.tsx';
import { notifications } from '../../../ui/notify.ts';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { useActorName } from '../../segments/useActorName.ts';

interface VersionsPanelProps {
  readonly template: Template;
  readonly readOnly: boolean;
  readonly onRestore: (content: TemplateContent) => void;
}

/** Every version; an older one can be taken up again as a draft, to look at and to save. */
export function VersionsPanel({ template, readOnly, onRestore }: VersionsPanelProps) {
  const { t } = useTranslation();
  const api = useApi();
  const actorName = useActorName();
  const versions = useQuery(templateVersionsQuery(api, template.id));
  const restore = useMutation({
    mutationFn: (version: number) => readTemplateVersion(api, template.id, version),
    onSuccess: ({ content, version }) => {
      onRestore(content);
      notifications.show({ message: t('templates.versions.restored', { version: String(version) }) });
    },
  });
  if (versions.error !== null) return <ProblemAlert error={versions.error} onRetry={() => void versions.refetch()} />;
  if (versions.data === undefined) return <Skeleton height={160} aria-busy="true" />;
  return (
    <Stack gap="sm">
      {restore.error === null ? null : <ProblemAlert error={restore.error} />}
      {versions.data.items.map(({ version, note, createdAt, createdBy }) => (
        <Group key={version} justify="space-between" wrap="nowrap">
          <div>
            <Text fw={600}>
              {t('templates.versions.number', { version: String(version) })}
              {note === '' ? null : ` · ${note}`}
            </Text>
            <Text size="sm" c="dimmed">
              {actorName(createdBy)} · <Relative at={createdAt} />
            </Text>
          </div>
          {version === template.version || readOnly ? null : (
            <Button
              size="compact-sm"
              variant="default"
              loading={restore.isPending && restore.variables === version}
              onClick={() => restore.mutate(version)}
            >
              {t('templates.versions.restore')}
            </Button>
          )}
        </Group>
      ))}
    </Stack>
  );
}
