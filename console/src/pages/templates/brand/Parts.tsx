import { Button, Code, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type TemplatePart, templatePartNameSchema } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { removeTemplatePart, saveTemplatePart, templatePartsQuery } from '../../../api/templates.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import styles from '../Templates.module.css';

/** Pieces that templates take in by name. */
export function Parts({ readOnly }: { readOnly: boolean }) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const parts = useQuery({ ...templatePartsQuery(api), refetchOnWindowFocus: false });
  const [editing, setEditing] = useState<Pick<TemplatePart, 'name' | 'source'> | null>(null);
  const [removing, setRemoving] = useState<string | null>(null);
  const again = () => client.invalidateQueries({ queryKey: ['template-parts'] });
  return (
    <Card
      title={t('templates.parts.title')}
      note={t('templates.parts.note')}
      actions={
        readOnly ? undefined : (
          <Button variant="default" onClick={() => setEditing({ name: '', source: '' })}>
            {t('templates.parts.add')}
          </Button>
        )
      }
    >
      <Stack gap="sm">
        {parts.error === null ? null : <ProblemAlert error={parts.error} onRetry={() => void parts.refetch()} />}
        {parts.data?.items.length === 0 && editing === null ? (
          <Text c="dimmed">{t('templates.parts.none')}</Text>
        ) : null}
        {(parts.data?.items ?? []).map((part) => (
          <Group key={part.name} justify="space-between">
            <Code>{`{% render '${part.name}' %}`}</Code>
            {readOnly ? null : (
              <Group gap="xs">
                <Button size="compact-sm" variant="default" onClick={() => setEditing(part)}>
                  {t('templates.parts.edit', { name: part.name })}
                </Button>
                <Button size="compact-sm" variant="subtle" color="red" onClick={() => setRemoving(part.name)}>
                  {t('action.remove')}
                </Button>
              </Group>
            )}
          </Group>
        ))}
        {editing === null ? null : (
          <PartForm
            key={editing.name}
            part={editing}
            onClose={() => setEditing(null)}
            onSaved={async () => {
              await again();
              setEditing(null);
            }}
          />
        )}
      </Stack>
      <ConfirmDialog
        opened={removing !== null}
        title={t('templates.parts.removeTitle', { name: removing ?? '' })}
        confirmLabel={t('action.remove')}
        danger
        onConfirm={async () => {
          if (removing !== null) await removeTemplatePart(api, removing);
          await again();
        }}
        onClose={() => setRemoving(null)}
      >
        <Text>{t('templates.parts.removeNote')}</Text>
      </ConfirmDialog>
    </Card>
  );
}

interface PartFormProps {
  readonly part: Pick<TemplatePart, 'name' | 'source'>;
  readonly onClose: () => void;
  readonly onSaved: () => Promise<unknown>;
}

function PartForm({ part, onClose, onSaved }: PartFormProps) {
  const { t } = useTranslation();
  const api = useApi();
  const [name, setName] = useState(part.name);
  const [source, setSource] = useState(part.source);
  const valid = templatePartNameSchema.safeParse(name).success;
  const save = useMutation({ mutationFn: () => saveTemplatePart(api, name, source), onSuccess: onSaved });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) save.mutate();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('templates.parts.name')}
          description={t('templates.parts.nameNote')}
          value={name}
          readOnly={part.name !== ''}
          onChange={(event) => setName(event.currentTarget.value)}
          required
        />
        <Textarea
          label="MJML"
          rows={8}
          value={source}
          className={styles.code}
          spellCheck={false}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
        {save.error === null ? null : <ProblemAlert error={save.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!valid}>
            {t('action.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
