import { Group, SegmentedControl, Skeleton, Stack, Switch, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { TemplateContent, TemplatePreview } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { templatePreviewQuery } from '../../../api/templates.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { CustomerPicker } from '../../recommendations/Pickers.tsx';
import { MessageFrame } from '../MessageFrame.tsx';
import styles from '../Templates.module.css';
import { ProblemList } from './ProblemList.tsx';

interface PreviewPanelProps {
  readonly id: string;
  readonly content: TemplateContent;
  readonly language: string;
}

/** The draft as somebody would get it, a moment after the last key. */
export function PreviewPanel({ id, content, language }: PreviewPanelProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [profile, setProfile] = useState<string | undefined>(undefined);
  const [settled] = useDebouncedValue(content, 600);
  const preview = useQuery(templatePreviewQuery(useApi(), id, { content: settled, profile, language }));
  return (
    <Stack gap="md">
      {can('personal.read') && can('profiles.read') ? <CustomerPicker value={profile} onChange={setProfile} /> : null}
      {preview.error !== null ? (
        <ProblemAlert error={preview.error} onRetry={() => void preview.refetch()} />
      ) : preview.data === undefined ? (
        <Skeleton height={420} aria-busy="true" />
      ) : (
        <Shown preview={preview.data} label={t('templates.preview.title')} />
      )}
    </Stack>
  );
}

function Shown({ preview, label }: { preview: TemplatePreview; label: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [device, setDevice] = useState('desktop');
  const [dark, setDark] = useState(false);
  const { html, subject, preheader, from, text, message, parts, bytes, examples, problems } = preview;
  const list = <ProblemList problems={problems} />;
  if (html === null && message === null) return list;
  if (html === null)
    return (
      <Stack gap="sm">
        {list}
        {text === null ? <JsonView value={message} label={label} /> : <div className={styles.phone}>{text}</div>}
        {parts === null ? null : (
          <Text size="sm" c="dimmed">
            {t('templates.preview.parts', { count: parts })}
          </Text>
        )}
      </Stack>
    );
  return (
    <Stack gap="sm">
      {list}
      <div className={styles.inbox}>
        <Text size="sm" c="dimmed">
          {from}
        </Text>
        <Text fw={600}>{subject}</Text>
        <Text size="sm" c="dimmed" lineClamp={1}>
          {preheader}
        </Text>
      </div>
      <Group justify="space-between">
        <SegmentedControl
          aria-label={t('templates.preview.device')}
          size="xs"
          value={device}
          onChange={setDevice}
          data={[
            { value: 'desktop', label: t('templates.preview.desktop') },
            { value: 'phone', label: t('templates.preview.phone') },
            { value: 'text', label: t('templates.preview.text') },
          ]}
        />
        <Switch
          size="sm"
          label={t('templates.preview.dark')}
          checked={dark}
          onChange={(event) => setDark(event.currentTarget.checked)}
        />
      </Group>
      {device === 'text' ? (
        <div className={styles.phone}>{text}</div>
      ) : (
        <MessageFrame html={html} label={label} width={device === 'phone' ? 360 : 680} dark={dark} />
      )}
      {examples ? (
        <Text size="sm" c="dimmed">
          {t('templates.preview.example')}
        </Text>
      ) : null}
      <Text size="sm" c="dimmed">
        {t('templates.preview.size', { size: format.number(Math.ceil(bytes / 1_000)) })}
      </Text>
    </Stack>
  );
}
