import { Stack, TagsInput, TextInput } from '@mantine/core';
import type { TemplateContent } from '@vitrail/contracts';
import { useState } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { SourceField } from './SourceField.tsx';

type Content<Kind> = Extract<TemplateContent, { kind: Kind }>;

interface FieldsProps<T> {
  readonly content: T;
  readonly language: string;
  readonly readOnly: boolean;
  readonly onChange: (content: TemplateContent) => void;
}

/** What every channel but e-mail asks for. */
export function OtherFields(props: FieldsProps<Exclude<TemplateContent, { kind: 'email' }>>) {
  const { content } = props;
  switch (content.kind) {
    case 'text':
      return <TextFields {...props} content={content} />;
    case 'push':
      return <PushFields {...props} content={content} />;
    case 'whatsapp':
      return <WhatsappFields {...props} content={content} />;
    case 'json':
      return <JsonFields {...props} content={content} />;
  }
}

function TextFields({ content, language, readOnly, onChange }: FieldsProps<Content<'text'>>) {
  const { t } = useTranslation();
  const text = content.languages[language] ?? { body: '' };
  return (
    <SourceField
      label={t('templates.body')}
      value={text.body}
      rows={6}
      readOnly={readOnly}
      onChange={(body) => onChange({ ...content, languages: { ...content.languages, [language]: { ...text, body } } })}
    />
  );
}

function PushFields({ content, language, readOnly, onChange }: FieldsProps<Content<'push'>>) {
  const { t } = useTranslation();
  const text = content.languages[language] ?? { title: '', body: '' };
  const change = (next: typeof text) => onChange({ ...content, languages: { ...content.languages, [language]: next } });
  const { url = '', imageUrl = '' } = text;
  return (
    <Stack gap="sm">
      <TextInput
        label={t('templates.pushTitle')}
        value={text.title}
        required
        readOnly={readOnly}
        onChange={(event) => change({ ...text, title: event.currentTarget.value })}
      />
      <SourceField
        label={t('templates.body')}
        value={text.body}
        rows={4}
        readOnly={readOnly}
        onChange={(body) => change({ ...text, body })}
      />
      <TextInput
        label={t('templates.pushUrl')}
        value={url}
        readOnly={readOnly}
        onChange={(event) => change({ ...text, url: event.currentTarget.value })}
      />
      <TextInput
        label={t('templates.pushImage')}
        value={imageUrl}
        readOnly={readOnly}
        onChange={(event) => change({ ...text, imageUrl: event.currentTarget.value })}
      />
    </Stack>
  );
}

function WhatsappFields({ content, language, readOnly, onChange }: FieldsProps<Content<'whatsapp'>>) {
  const { t } = useTranslation();
  const text = content.languages[language] ?? { template: '', parameters: [] };
  const change = (next: typeof text) => onChange({ ...content, languages: { ...content.languages, [language]: next } });
  return (
    <Stack gap="sm">
      <TextInput
        label={t('templates.whatsappName')}
        description={t('templates.whatsappNote')}
        value={text.template}
        required
        readOnly={readOnly}
        onChange={(event) => change({ ...text, template: event.currentTarget.value })}
      />
      <TagsInput
        label={t('templates.whatsappParameters')}
        description={t('templates.whatsappParametersNote')}
        value={text.parameters}
        readOnly={readOnly}
        allowDuplicates
        splitChars={[]}
        onChange={(parameters) => change({ ...text, parameters })}
      />
    </Stack>
  );
}

function JsonFields({ content, language, readOnly, onChange }: FieldsProps<Content<'json'>>) {
  const { t } = useTranslation();
  const [written, setWritten] = useState(() => JSON.stringify(content.languages[language]?.body ?? null, null, 2));
  const [broken, setBroken] = useState(false);
  const change = (source: string) => {
    setWritten(source);
    try {
      const body = JSON.parse(source);
      setBroken(false);
      onChange({ ...content, languages: { ...content.languages, [language]: { body } } });
    } catch {
      // Half-written JSON is no mistake yet; the last that could be read stays.
      setBroken(true);
    }
  };
  return (
    <SourceField
      label="JSON"
      value={written}
      rows={16}
      readOnly={readOnly}
      error={broken ? t('templates.brokenJson') : null}
      onChange={change}
    />
  );
}
