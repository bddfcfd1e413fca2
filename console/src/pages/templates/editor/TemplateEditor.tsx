import { Button, Group, Stack, Tabs, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { type Template, type TemplateContent, templateContentSchema } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { ApiError } from '../../../api/problem.ts';
import { saveTemplate } from '../../../api/templates.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { notifications } from '../../../ui/notify.ts';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import styles from '../Templates.module.css';
import { ChecksPanel } from './ChecksPanel.tsx';
import { isChanged, writtenLanguages } from './draft.ts';
import { EmailFields } from './EmailFields.tsx';
import { LanguageTabs } from './LanguageTabs.tsx';
import { MeanwhileDialog } from './MeanwhileDialog.tsx';
import { OtherFields } from './OtherFields.tsx';
import { PreviewPanel } from './PreviewPanel.tsx';
import { VersionsPanel } from './VersionsPanel.tsx';

/** What the server says of a save that came second. */
function meanwhileIn(error: unknown): { version: number; content: TemplateContent } | null {
  if (!(error instanceof ApiError) || error.code !== 'communicate.template_changed') return null;
  const content = templateContentSchema.safeParse(error.details.content);
  const { version } = error.details;
  return content.success && typeof version === 'number' ? { version, content: content.data } : null;
}

/** A draft, and what becomes of it. */
export function TemplateEditor({ template, readOnly }: { template: Template; readOnly: boolean }) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const [name, setName] = useState(template.name);
  const [content, setContent] = useState(template.content);
  const [note, setNote] = useState('');
  const [language, setLanguage] = useState(template.content.fallbackLanguage);
  const [restored, setRestored] = useState(0);
  const [visual, setVisual] = useState(false);
  const changed = name !== template.name || isChanged(content, template.content);
  useBlocker({
    shouldBlockFn: () => changed && !window.confirm(t('templates.leave')),
    enableBeforeUnload: () => changed,
    disabled: !changed,
  });
  const save = useMutation({
    mutationFn: (baseVersion: number) =>
      saveTemplate(api, template.id, { name: name.trim(), content, note, baseVersion }),
    onSuccess: async (saved) => {
      notifications.show({ message: t('templates.saved', { version: String(saved.version) }) });
      setName(saved.name);
      client.setQueryData(['templates', 'one', template.id], saved);
      await client.invalidateQueries({ queryKey: ['templates'] });
    },
  });
  const meanwhile = meanwhileIn(save.error);
  const shown = writtenLanguages(content).includes(language) ? language : content.fallbackLanguage;
  return (
    <div className={styles.columns} data-wide={visual ? '' : undefined}>
      <Stack gap="lg" miw={0}>
        <Card>
          <Stack gap="sm">
            <TextInput
              label={t('templates.name')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              readOnly={readOnly}
              required
            />
            <LanguageTabs
              content={content}
              language={shown}
              readOnly={readOnly}
              onChoose={setLanguage}
              onChange={setContent}
            />
            <div key={`${shown} ${restored}`}>
              {content.kind === 'email' ? (
                <EmailFields
                  content={content}
                  language={shown}
                  readOnly={readOnly}
                  visual={visual}
                  onVisual={setVisual}
                  onChange={setContent}
                />
              ) : (
                <OtherFields content={content} language={shown} readOnly={readOnly} onChange={setContent} />
              )}
            </div>
          </Stack>
        </Card>
        {save.error === null || meanwhile !== null ? null : <ProblemAlert error={save.error} />}
        {readOnly ? null : (
          <Group justify="space-between" align="end">
            <TextInput
              label={t('templates.note')}
              placeholder={t('templates.noteHint')}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
              maxLength={300}
              flex={1}
              maw={360}
            />
            <Button
              loading={save.isPending}
              disabled={!changed || name.trim() === ''}
              onClick={() => save.mutate(template.version)}
            >
              {t('templates.save')}
            </Button>
          </Group>
        )}
      </Stack>
      <Tabs defaultValue="preview" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="preview">{t('templates.preview.title')}</Tabs.Tab>
          <Tabs.Tab value="checks">{t('templates.checks.title')}</Tabs.Tab>
          <Tabs.Tab value="versions">{t('templates.versions.title')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="preview">
          <PreviewPanel id={template.id} content={content} language={shown} />
        </Tabs.Panel>
        <Tabs.Panel value="checks">
          <ChecksPanel id={template.id} content={content} />
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <VersionsPanel
            template={template}
            readOnly={readOnly}
            onRestore={(former) => {
              setContent(former);
              setRestored(restored + 1);
            }}
          />
        </Tabs.Panel>
      </Tabs>
      {meanwhile === null ? null : (
        <MeanwhileDialog
          theirs={meanwhile}
          mine={content}
          saving={save.isPending}
          onKeep={() => save.mutate(meanwhile.version)}
          onTake={() => {
            save.reset();
            void client.invalidateQueries({ queryKey: ['templates', 'one', template.id] });
          }}
          onClose={() => save.reset()}
        />
      )}
    </div>
  );
}
