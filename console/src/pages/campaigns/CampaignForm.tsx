import { Button, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CampaignRequest } from '@vitrail/contracts';
import { useState } from 'react';
import { templateChoicesQuery } from '../../api/campaigns.ts';
import { useApi } from '../../api/context.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useNow } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './Campaigns.module.css';
import { type FormValues, formFor, missingIn, requestOf } from './formValues.ts';
import { MarkFields } from './MarkFields.tsx';
import { MessageFields } from './MessageFields.tsx';
import { WhenFields } from './WhenFields.tsx';
import { WhoFields } from './WhoFields.tsx';

interface CampaignFormProps {
  readonly start?: CampaignRequest;
  readonly onSave: (definition: CampaignRequest) => void;
  readonly saving: boolean;
  readonly problem: unknown;
}

/** Who, what, when, and what it is compared with: a draft to look at before anything leaves. */
export function CampaignForm({ start, onSave, saving, problem }: CampaignFormProps) {
  const { t } = useTranslation();
  const now = useNow();
  const [values, setValues] = useState<FormValues>(() => formFor(start, now));
  const [asked, setAsked] = useState(false);
  const templates = useQuery(templateChoicesQuery(useApi()));
  const change = (part: Partial<FormValues>) => setValues((before) => ({ ...before, ...part }));
  const missing = missingIn(values);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (missing === null) onSave(requestOf(values));
      }}
    >
      <Stack gap="lg">
        <Card title={t('campaigns.who')}>
          <Stack gap="md">
            <TextInput
              label={t('campaigns.name')}
              description={t('campaigns.nameHint')}
              required
              maxLength={120}
              value={values.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
              data-autofocus
            />
            <WhoFields values={values} onChange={change} />
          </Stack>
        </Card>
        <Card title={t('campaigns.what')}>
          {templates.error === null ? null : <ProblemAlert error={templates.error} />}
          <MessageFields values={values} onChange={change} templates={templates.data?.items ?? []} />
        </Card>
        <Card title={t('campaigns.when')}>
          <WhenFields values={values} onChange={change} />
        </Card>
        <Card title={t('campaigns.compare')} note={t('campaigns.compareNote')}>
          <div className={styles.two}>
            <NumberInput
              label={t('campaigns.controlShare')}
              description={t('campaigns.controlHint')}
              suffix=" %"
              min={0}
              max={50}
              decimalScale={1}
              value={values.control}
              onChange={(value) => change({ control: Number(value) || 0 })}
            />
            <Select
              label={t('campaigns.attribution')}
              description={t('campaigns.attributionHint')}
              allowDeselect={false}
              value={String(values.attributionDays)}
              onChange={(value) => change({ attributionDays: Number(value ?? 7) })}
              data={[1, 3, 7, 14, 30].map((days) => ({ value: String(days), label: t('campaigns.days', { days }) }))}
            />
          </div>
        </Card>
        <Card title={t('links.title')}>
          <MarkFields values={values} onChange={change} />
        </Card>
        {problem === null ? null : <ProblemAlert error={problem} />}
        {asked && missing !== null ? (
          <Text c="red" size="sm" role="alert">
            {t(`campaigns.missing.${missing}`)}
          </Text>
        ) : null}
        <Group justify="flex-end">
          <Button type="submit" loading={saving}>
            {t('campaigns.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
