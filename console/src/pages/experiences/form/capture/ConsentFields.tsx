import { Fieldset, Select, Stack, Switch, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { purposesQuery } from '../../../../api/consents.ts';
import { useApi } from '../../../../api/context.tsx';
import { useTranslation } from '../../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../../ui/format/FormatProvider.tsx';
import styles from '../../Experiences.module.css';
import { languages } from '../draft.ts';
import type { ContentProps } from '../formContext.tsx';
import { type Consent, type Form, newConsent, type Wheel } from './captureDraft.ts';

/** What visitors agree to, in the very words that are kept as proof. */
export function ConsentFields({ content, onChange, errorAt, disabled }: ContentProps<Form | Wheel>) {
  const { t } = useTranslation();
  const { consent, ...rest } = content;
  const put = (next: Consent | undefined): void => onChange(next === undefined ? rest : { ...rest, consent: next });
  return (
    <Fieldset legend={t('experiences.capture.consent')} disabled={disabled}>
      <Stack gap="sm">
        <Switch
          label={t('experiences.capture.consentOn')}
          checked={consent !== undefined}
          onChange={(event) => put(event.currentTarget.checked ? newConsent() : undefined)}
        />
        {errorAt('consent') === undefined ? null : (
          <Text c="red" size="sm" role="alert">
            {errorAt('consent')}
          </Text>
        )}
        {consent === undefined ? null : <Asked consent={consent} onChange={put} error={errorAt('consent.text')} />}
      </Stack>
    </Fieldset>
  );
}

interface AskedProps {
  readonly consent: Consent;
  readonly onChange: (consent: Consent) => void;
  readonly error: string | undefined;
}

function Asked({ consent, onChange, error }: AskedProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const purposes = useQuery(purposesQuery(useApi())).data?.items ?? [];
  const names = [...new Set([consent.purpose, ...purposes.map(({ name }) => name)])];
  const put = (part: Partial<Consent>): void => onChange({ ...consent, ...part });
  return (
    <>
      <Text size="xs" c="dimmed">
        {t('experiences.capture.consentNote')}
      </Text>
      <div className={styles.two}>
        <Select
          label={t('experiences.capture.purpose')}
          allowDeselect={false}
          value={consent.purpose}
          onChange={(next) => put({ purpose: next ?? 'marketing' })}
          data={names}
        />
        <Select
          label={t('experiences.capture.channel')}
          allowDeselect={false}
          value={consent.channel}
          onChange={(next) => put({ channel: next === 'sms' ? 'sms' : 'email' })}
          data={(['email', 'sms'] as const).map((one) => ({
            value: one,
            label: t(`experiences.capture.byChannel.${one}`),
          }))}
        />
        {languages.map((language) => (
          <Textarea
            key={language}
            label={t('experiences.capture.consentText', { language: format.name(language, 'language') })}
            autosize
            maxLength={2_000}
            value={consent.text[language] ?? ''}
            error={error}
            onChange={(event) => put({ text: { ...consent.text, [language]: event.currentTarget.value } })}
          />
        ))}
      </div>
      <Switch
        label={t('experiences.capture.consentBox')}
        checked={consent.box}
        onChange={(event) => put({ box: event.currentTarget.checked })}
      />
      {consent.box ? (
        <Switch
          label={t('experiences.capture.consentRequired')}
          checked={consent.required}
          onChange={(event) => put({ required: event.currentTarget.checked })}
        />
      ) : null}
    </>
  );
}
