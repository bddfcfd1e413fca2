import { Checkbox, Group, NumberInput, Radio, Select, Stack, Switch, TextInput } from '@mantine/core';
import { outsideBases, outsideUses } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { type Terms, useTermWords } from './terms.ts';

interface TermFieldsProps {
  readonly terms: Terms;
  readonly onChange: (change: Partial<Terms>) => void;
}

/** What was agreed with a partner: on what basis, for what, how long, and whether ids are exchanged. */
export function TermFields({ terms, onChange }: TermFieldsProps) {
  const { t } = useTranslation();
  const words = useTermWords();
  return (
    <Stack gap="md">
      <Radio.Group
        label={t('outside.basisTitle')}
        value={terms.basis}
        onChange={(value) => {
          const basis = outsideBases.find((one) => one === value);
          if (basis !== undefined) onChange({ basis });
        }}
      >
        <Stack gap="xs" mt="xs">
          {outsideBases.map((basis) => (
            <Radio key={basis} value={basis} label={words.basis(basis)} description={t(`outside.basisHint.${basis}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Select
        label={t('outside.purpose')}
        description={t('outside.purposeHint')}
        data={words.purposes(terms.purpose)}
        value={terms.purpose}
        onChange={(purpose) => {
          if (purpose !== null) onChange({ purpose });
        }}
      />
      <Checkbox.Group
        label={t('outside.uses')}
        description={t('outside.usesHint')}
        value={terms.uses}
        onChange={(value) => onChange({ uses: outsideUses.filter((use) => value.includes(use)) })}
        error={terms.uses.length === 0 ? t('outside.noUse') : undefined}
      >
        <Group mt="xs">
          {outsideUses.map((use) => (
            <Checkbox key={use} value={use} label={t(`outside.use.${use}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <NumberInput
        label={t('outside.retention')}
        description={t('outside.retentionHint')}
        value={terms.retentionDays}
        min={1}
        max={1_095}
        allowDecimal={false}
        onChange={(value) => onChange({ retentionDays: Number(value) || 0 })}
      />
      <Switch
        label={t('outside.sync')}
        description={t('outside.syncHint')}
        checked={terms.sync}
        onChange={(event) => onChange({ sync: event.currentTarget.checked })}
      />
      {terms.sync ? (
        <>
          <TextInput
            label={t('outside.syncUrl')}
            description={t('outside.syncUrlHint')}
            placeholder="https://partner.example/match?shop={id}"
            value={terms.syncUrl ?? ''}
            onChange={(event) => onChange({ syncUrl: event.currentTarget.value.trim() || null })}
          />
          <NumberInput
            label={t('outside.vendor')}
            description={t('outside.vendorHint')}
            value={terms.tcfVendor ?? ''}
            min={1}
            max={65_535}
            allowDecimal={false}
            onChange={(value) => onChange({ tcfVendor: value === '' ? null : Number(value) })}
          />
        </>
      ) : null}
    </Stack>
  );
}
