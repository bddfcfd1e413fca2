import '@mantine/core/styles/PillsInput.css';
import { MultiSelect, NumberInput, Radio, Select, Stack, Tabs, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type OfferRequest, offerStates } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { poolsQuery } from '../../api/offers.ts';
import { segmentChoicesQuery } from '../../api/segments.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { fromLocalInput, toLocalInput } from './localTime.ts';
import styles from './Offers.module.css';

interface FieldsProps {
  readonly values: OfferRequest;
  readonly onChange: (part: Partial<OfferRequest>) => void;
  readonly disabled: boolean;
}

/** A key made of a name: `Soldes d’été` → `soldes_d_ete`. */
const keyOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 40);

export function GeneralFields({ values, onChange, disabled, isNew }: FieldsProps & { isNew: boolean }) {
  const { t } = useTranslation();
  const { name, key, state, startsAt, endsAt } = values;
  const follows = isNew && (key === '' || key === keyOf(name));
  return (
    <Card title={t('offers.general')}>
      <Stack gap="md">
        <div className={styles.two}>
          <TextInput
            label={t('offers.name')}
            required
            maxLength={120}
            disabled={disabled}
            value={name}
            onChange={(event) => {
              const next = event.currentTarget.value;
              onChange({ name: next, ...(follows && { key: keyOf(next) }) });
            }}
          />
          <TextInput
            label={t('offers.key')}
            description={t('offers.keyHint')}
            required
            maxLength={40}
            disabled={disabled}
            value={key}
            onChange={(event) => onChange({ key: event.currentTarget.value })}
          />
        </div>
        <div className={styles.two}>
          <Select
            label={t('offers.stateTitle')}
            allowDeselect={false}
            disabled={disabled}
            value={state}
            onChange={(next) => onChange({ state: offerStates.find((one) => one === next) ?? state })}
            data={offerStates.map((one) => ({ value: one, label: t(`offers.state.${one}`) }))}
          />
          <TextInput
            type="datetime-local"
            label={t('offers.starts')}
            disabled={disabled}
            value={toLocalInput(startsAt)}
            onChange={(event) => onChange({ startsAt: fromLocalInput(event.currentTarget.value) })}
          />
          <TextInput
            type="datetime-local"
            label={t('offers.ends')}
            disabled={disabled}
            value={toLocalInput(endsAt)}
            onChange={(event) => onChange({ endsAt: fromLocalInput(event.currentTarget.value) })}
          />
        </div>
      </Stack>
    </Card>
  );
}

const languages = ['fr', 'en'] as const;
const noText = { title: '', text: '', terms: '', button: '' };

/** What it says, in each language. */
export function TextFields({ values, onChange, disabled }: FieldsProps) {
  const { t } = useTranslation();
  const shown = [...new Set([...languages, ...Object.keys(values.texts)])];
  const change = (language: string, part: Partial<typeof noText>): void => {
    const next = { ...noText, ...values.texts[language], ...part };
    const { [language]: _, ...others } = values.texts;
    // Without a title it is not said in this language.
    onChange({
      texts:
        next.title.trim() === '' && next.text === '' && next.terms === '' ? others : { ...others, [language]: next },
    });
  };
  return (
    <Card title={t('offers.texts')} note={t('offers.textsNote')}>
      <Tabs defaultValue={shown.find((one) => values.texts[one] !== undefined) ?? 'fr'}>
        <Tabs.List mb="md">
          {shown.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {one === 'fr' ? t('offers.french') : one === 'en' ? t('offers.english') : one}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {shown.map((one) => {
          const words = { ...noText, ...values.texts[one] };
          return (
            <Tabs.Panel key={one} value={one}>
              <Stack gap="md">
                <TextInput
                  label={t('offers.titleText')}
                  maxLength={200}
                  disabled={disabled}
                  value={words.title}
                  onChange={(event) => change(one, { title: event.currentTarget.value })}
                />
                <Textarea
                  label={t('offers.text')}
                  autosize
                  minRows={2}
                  maxLength={2_000}
                  disabled={disabled}
                  value={words.text}
                  onChange={(event) => change(one, { text: event.currentTarget.value })}
                />
                <Textarea
                  label={t('offers.terms')}
                  autosize
                  minRows={2}
                  maxLength={10_000}
                  disabled={disabled}
                  value={words.terms}
                  onChange={(event) => change(one, { terms: event.currentTarget.value })}
                />
                <TextInput
                  label={t('offers.button')}
                  maxLength={80}
                  disabled={disabled}
                  value={words.button}
                  onChange={(event) => change(one, { button: event.currentTarget.value })}
                />
              </Stack>
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </Card>
  );
}

export function WhoFields({ values, onChange, disabled }: FieldsProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const segments = useQuery({ ...segmentChoicesQuery(useApi()), enabled: can('segments.read') });
  return (
    <Card title={t('offers.who')}>
      <MultiSelect
        label={t('offers.segments')}
        description={t('offers.segmentsHint')}
        searchable
        clearable
        disabled={disabled}
        value={values.segments}
        onChange={(next) => onChange({ segments: next })}
        data={(segments.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Card>
  );
}

const codeKinds = ['none', 'shared', 'unique'] as const;

export function CodeFields({ values, onChange, disabled }: FieldsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const pools = useQuery(poolsQuery(useApi())).data?.items ?? [];
  const { code, limits } = values;
  const number = (next: string | number): number | null => (typeof next === 'number' ? next : null);
  return (
    <Card title={t('offers.codes')}>
      <Stack gap="md">
        <Radio.Group
          label={t('offers.codeKind')}
          value={code.kind}
          onChange={(next) =>
            onChange({
              code:
                next === 'shared'
                  ? { kind: 'shared', code: '' }
                  : next === 'unique' && pools[0] !== undefined
                    ? { kind: 'unique', pool: pools[0].id }
                    : { kind: 'none' },
            })
          }
        >
          <Stack gap="xs" mt="xs">
            {codeKinds.map((kind) => (
              <Radio
                key={kind}
                value={kind}
                label={t(`offers.codeOf.${kind}`)}
                disabled={disabled || (kind === 'unique' && pools.length === 0)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {code.kind === 'shared' ? (
          <TextInput
            label={t('offers.sharedCode')}
            required
            maxLength={64}
            disabled={disabled}
            value={code.code}
            onChange={(event) => onChange({ code: { kind: 'shared', code: event.currentTarget.value.toUpperCase() } })}
          />
        ) : null}
        {code.kind === 'unique' ? (
          <>
            <Select
              label={t('offers.pool')}
              allowDeselect={false}
              disabled={disabled}
              value={String(code.pool)}
              onChange={(next) => onChange({ code: { kind: 'unique', pool: Number(next) } })}
              data={pools.map(({ id, name, remaining }) => ({
                value: String(id),
                label: t('offers.poolChoice', { name, remaining: format.number(remaining) ?? '' }),
              }))}
            />
            <div className={styles.two}>
              <NumberInput
                label={t('offers.perPerson')}
                min={1}
                disabled={disabled}
                value={limits.perPerson ?? ''}
                onChange={(next) => onChange({ limits: { ...limits, perPerson: number(next) } })}
              />
              <NumberInput
                label={t('offers.total')}
                min={1}
                disabled={disabled}
                value={limits.total ?? ''}
                onChange={(next) => onChange({ limits: { ...limits, total: number(next) } })}
              />
              <NumberInput
                label={t('offers.codeDays')}
                min={1}
                max={730}
                disabled={disabled}
                value={limits.codeDays ?? ''}
                onChange={(next) => onChange({ limits: { ...limits, codeDays: number(next) } })}
              />
            </div>
          </>
        ) : null}
      </Stack>
    </Card>
  );
}
