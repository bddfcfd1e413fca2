import { Button, Group, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ImportKind, type ImportOptions, type ImportPreview, importKinds } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { partnersQuery } from '../../api/outside.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { useRegions } from '../../ui/regions.ts';

interface ReadingOptionsProps {
  readonly preview: ImportPreview;
  readonly busy: boolean;
  readonly onKind: (kind: ImportKind) => void;
  readonly onOptions: (options: ImportOptions) => void;
  readonly onReset: () => void;
}

const encodings = ['utf-8', 'windows-1252', 'iso-8859-15', 'utf-16le'];
const delimiters = [
  { value: ',', label: ',' },
  { value: ';', label: ';' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: '|' },
];

/** How the file is read: guessed, and open to correction. */
export function ReadingOptions({ preview, busy, onKind, onOptions, onReset }: ReadingOptionsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { currencies, timeZones } = useRegions();
  const { settings } = preview;
  const withCurrent = (values: readonly string[], current: string | undefined) =>
    current === undefined || values.includes(current) ? [...values] : [current, ...values];
  return (
    <Card
      title={preview.fileName}
      note={t('importNew.file', {
        size: format.bytes(preview.fileBytes),
        format: t(`importFormat.${settings.format}`),
      })}
      actions={
        <Button variant="subtle" size="compact-sm" onClick={onReset}>
          {t('importNew.other')}
        </Button>
      }
    >
      <Group gap="sm" align="flex-end">
        <Select
          label={t('importNew.what')}
          data={importKinds.map((one) => ({ value: one, label: t(`importKind.${one}`) }))}
          value={preview.kind}
          disabled={busy}
          onChange={(value) => {
            const kind = importKinds.find((one) => one === value);
            if (kind !== undefined) onKind(kind);
          }}
        />
        {isOfPartner(preview.kind) ? (
          <PartnerSelect value={settings.provider} disabled={busy} onPick={(provider) => onOptions({ provider })} />
        ) : null}
        {settings.encoding === undefined ? null : (
          <Select
            label={t('importNew.encoding')}
            data={withCurrent(encodings, settings.encoding)}
            value={settings.encoding}
            disabled={busy}
            onChange={(encoding) => onOptions(encoding === null ? {} : { encoding })}
          />
        )}
        {settings.delimiter === undefined ? null : (
          <Select
            label={t('importNew.delimiter')}
            w={120}
            data={delimiters}
            value={settings.delimiter}
            disabled={busy}
            onChange={(delimiter) => onOptions(delimiter === null ? {} : { delimiter })}
          />
        )}
        {settings.header === undefined ? null : (
          <Select
            label={t('importNew.header')}
            data={[
              { value: 'yes', label: t('importNew.headerYes') },
              { value: 'no', label: t('importNew.headerNo') },
            ]}
            value={settings.header ? 'yes' : 'no'}
            disabled={busy}
            onChange={(value) => onOptions({ header: value === 'yes' })}
          />
        )}
        {preview.sheets.length < 2 ? null : (
          <Select
            label={t('importNew.sheet')}
            data={preview.sheets}
            value={settings.sheet ?? preview.sheets[0] ?? null}
            disabled={busy}
            onChange={(sheet) => onOptions(sheet === null ? {} : { sheet })}
          />
        )}
        <Select
          label={t('importNew.timeZone')}
          searchable
          data={withCurrent(timeZones, settings.timeZone)}
          value={settings.timeZone}
          disabled={busy}
          onChange={(timeZone) => onOptions(timeZone === null ? {} : { timeZone })}
        />
        {preview.kind === 'people' || isOfPartner(preview.kind) ? null : (
          <Select
            label={t('importNew.currency')}
            searchable
            data={currencies}
            value={settings.currency}
            disabled={busy}
            onChange={(currency) => onOptions(currency === null ? {} : { currency })}
          />
        )}
      </Group>
      <Text size="xs" c="dimmed" mt="xs">
        {t('importNew.guessed')}
      </Text>
    </Card>
  );
}

export const isOfPartner = (kind: ImportKind): boolean => kind === 'outside-segments' || kind === 'id-mappings';

/** Whose rows they are: without it they cannot be imported. */
function PartnerSelect(props: { value: string | undefined; disabled: boolean; onPick: (provider: string) => void }) {
  const { t } = useTranslation();
  const partners = useQuery(partnersQuery(useApi())).data?.items ?? [];
  return (
    <Select
      label={t('importNew.partner')}
      required
      data={partners.map(({ key, name }) => ({ value: key, label: name }))}
      value={props.value ?? null}
      disabled={props.disabled}
      error={props.value === undefined ? t('importNew.partnerNeeded') : undefined}
      onChange={(provider) => {
        if (provider !== null) props.onPick(provider);
      }}
    />
  );
}
