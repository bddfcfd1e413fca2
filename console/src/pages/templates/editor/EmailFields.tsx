import { SegmentedControl, Stack, Switch, TextInput } from '@mantine/core';
import type { EmailText, TemplateContent } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { SourceField } from './SourceField.tsx';
import { VisualFrame } from './VisualFrame.tsx';

type Email = Extract<TemplateContent, { kind: 'email' }>;

interface EmailFieldsProps {
  readonly content: Email;
  readonly language: string;
  readonly readOnly: boolean;
  /** Built with the mouse, in place of written. */
  readonly visual: boolean;
  readonly onVisual: (visual: boolean) => void;
  readonly onChange: (content: TemplateContent) => void;
}

/** Subject, what inboxes show after it, and the page: built with the mouse, or written. */
export function EmailFields({ content, language, readOnly, visual, onVisual, onChange }: EmailFieldsProps) {
  const { t } = useTranslation();
  const text = content.languages[language] ?? { subject: '', preheader: '' };
  const isHtml = text.html !== undefined;
  const change = (next: EmailText) => onChange({ ...content, languages: { ...content.languages, [language]: next } });
  const { text: plain, ...withoutText } = text;
  return (
    <Stack gap="sm">
      <TextInput
        label={t('templates.subject')}
        description={t('templates.subjectNote')}
        value={text.subject}
        onChange={(event) => change({ ...text, subject: event.currentTarget.value })}
        readOnly={readOnly}
        required
        maxLength={500}
      />
      <TextInput
        label={t('templates.preheader')}
        description={t('templates.preheaderNote')}
        value={text.preheader}
        onChange={(event) => change({ ...text, preheader: event.currentTarget.value })}
        readOnly={readOnly}
        maxLength={500}
      />
      {isHtml || readOnly ? null : (
        <SegmentedControl
          aria-label={t('templates.way')}
          value={visual ? 'visual' : 'code'}
          onChange={(next) => onVisual(next === 'visual')}
          data={[
            { value: 'code', label: t('templates.code') },
            { value: 'visual', label: t('templates.visual') },
          ]}
        />
      )}
      {visual && !isHtml && !readOnly ? (
        <VisualFrame mjml={text.mjml ?? ''} onChange={(mjml) => change({ ...text, mjml })} />
      ) : (
        <SourceField
          label={isHtml ? 'HTML' : 'MJML'}
          value={text.html ?? text.mjml ?? ''}
          rows={26}
          readOnly={readOnly}
          blocks={!isHtml}
          onChange={(source) => change(isHtml ? { ...text, html: source } : { ...text, mjml: source })}
        />
      )}
      <Switch
        label={t('templates.ownText')}
        description={t('templates.ownTextNote')}
        checked={plain !== undefined}
        disabled={readOnly}
        onChange={(event) => change(event.currentTarget.checked ? { ...text, text: '' } : withoutText)}
      />
      {plain === undefined ? null : (
        <SourceField
          label={t('templates.textPart')}
          value={plain}
          rows={8}
          readOnly={readOnly}
          onChange={(source) => change({ ...text, text: source })}
        />
      )}
    </Stack>
  );
}
