import {
  Button,
  Drawer,
  Fieldset,
  Group,
  MultiSelect,
  NativeSelect,
  NumberInput,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { recommendationStrategies, type SavedMerchandisingRule } from '@vitrail/contracts';
import { useState } from 'react';
import { facetsQuery } from '../../api/catalog.ts';
import { useApi } from '../../api/context.tsx';
import { changeRule, createRule } from '../../api/recommendations.ts';
import { sitesQuery } from '../../api/settings.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { ProductsPicker } from './Pickers.tsx';
import { draftOf, emptyRule, type RuleDraft, ruleOf } from './ruleDraft.ts';

const effects = ['pin', 'boost', 'bury'] as const;

interface RuleDrawerProps {
  /** The rule that is edited; `new` for one that is not there yet. */
  readonly rule: SavedMerchandisingRule | 'new' | null;
  readonly onClose: () => void;
}

export function RuleDrawer({ rule, onClose }: RuleDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={rule !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={t(rule === 'new' ? 'recommendations.rules.new' : 'recommendations.rules.edit')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {rule === null ? null : (
        <RuleForm key={rule === 'new' ? 'new' : rule.id} rule={rule === 'new' ? null : rule} onClose={onClose} />
      )}
    </Drawer>
  );
}

function RuleForm({ rule, onClose }: { rule: SavedMerchandisingRule | null; onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const { timeZone } = useFormat().settings;
  const [draft, setDraft] = useState<RuleDraft>(rule === null ? emptyRule : draftOf(rule, timeZone));
  const set = (change: Partial<RuleDraft>) => setDraft({ ...draft, ...change });
  const written = ruleOf(draft, timeZone);
  const save = useMutation({
    mutationFn: async () => {
      if (!('rule' in written)) return;
      await (rule === null ? createRule(api, written.rule) : changeRule(api, rule.id, written.rule));
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['recommendations'] });
      notifications.show({ message: t('recommendations.rules.saved') });
      onClose();
    },
  });
  const problem = 'problem' in written && written.problem !== 'incomplete' ? written.problem : null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('recommendations.rules.name')}
          value={draft.name}
          maxLength={120}
          required
          onChange={(event) => set({ name: event.currentTarget.value })}
          data-autofocus
        />
        <SegmentedControl
          aria-label={t('recommendations.rules.effect')}
          value={draft.effect}
          onChange={(value) => set({ effect: effects.find((one) => one === value) ?? 'pin' })}
          data={effects.map((one) => ({ value: one, label: t(`recommendations.rules.${one}`) }))}
        />
        {draft.effect === 'pin' ? (
          <ProductsPicker
            label={t('recommendations.rules.pinned')}
            value={draft.pinned}
            onChange={(pinned) => set({ pinned })}
            most={20}
          />
        ) : (
          <Match draft={draft} set={set} />
        )}
        <Scope draft={draft} set={set} />
        <Switch
          label={t('recommendations.rules.enabled')}
          checked={draft.enabled}
          onChange={(event) => set({ enabled: event.currentTarget.checked })}
        />
        {problem === null ? null : (
          <Text size="sm" c="red" role="alert">
            {t(`recommendations.rules.${problem}`)}
          </Text>
        )}
        {save.error === null ? null : <ProblemAlert error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!('rule' in written)}>
            {t('action.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface PartProps {
  readonly draft: RuleDraft;
  readonly set: (change: Partial<RuleDraft>) => void;
}

/** What is favoured, held back or kept out. */
function Match({ draft, set }: PartProps) {
  const { t } = useTranslation();
  const facets = useQuery(facetsQuery(useApi())).data;
  return (
    <Fieldset legend={t(`recommendations.rules.${draft.effect}`)}>
      <Stack gap="sm">
        {draft.effect === 'boost' ? (
          <NumberInput
            label={t('recommendations.rules.factor')}
            description={t('recommendations.rules.factorNote')}
            value={draft.factor}
            min={0.1}
            max={10}
            step={0.1}
            decimalScale={2}
            onChange={(value) => set({ factor: Number(value) })}
          />
        ) : null}
        <TagsInput
          label={t('recommendations.rules.categories')}
          value={[...draft.categories]}
          onChange={(categories) => set({ categories })}
          data={(facets?.categories ?? []).map(({ name }) => name)}
          maxTags={50}
          clearable
        />
        <TagsInput
          label={t('recommendations.rules.brands')}
          value={[...draft.brands]}
          onChange={(brands) => set({ brands })}
          data={(facets?.brands ?? []).map(({ name }) => name)}
          maxTags={50}
          clearable
        />
        <ProductsPicker
          label={t('recommendations.rules.products')}
          value={draft.products}
          onChange={(products) => set({ products })}
          most={200}
        />
        <NumberInput
          label={t('recommendations.rules.newer')}
          value={draft.newerThanDays ?? ''}
          min={1}
          max={365}
          allowDecimal={false}
          onChange={(value) => set({ newerThanDays: value === '' ? null : Number(value) })}
        />
        <Text size="xs" c="dimmed">
          {t('recommendations.rules.matchNote')}
        </Text>
      </Stack>
    </Fieldset>
  );
}

/** Where and when the rule counts. */
function Scope({ draft, set }: PartProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const sites = useQuery({ ...sitesQuery(useApi()), enabled: can('settings.read') }).data ?? [];
  return (
    <>
      <MultiSelect
        label={t('recommendations.rules.strategies')}
        placeholder={draft.strategies.length === 0 ? t('recommendations.rules.allStrategies') : ''}
        value={[...draft.strategies]}
        onChange={(values) => set({ strategies: recommendationStrategies.filter((one) => values.includes(one)) })}
        data={recommendationStrategies.map((one) => ({ value: one, label: t(`recommendations.strategy.${one}`) }))}
        clearable
      />
      {sites.length < 2 ? null : (
        <NativeSelect
          label={t('recommendations.site')}
          value={draft.site}
          onChange={(event) => set({ site: event.currentTarget.value })}
          data={[
            { value: '', label: t('recommendations.everySite') },
            ...sites.map(({ name }) => ({ value: name, label: name })),
          ]}
        />
      )}
      <SimpleGrid cols={2}>
        <TextInput
          type="date"
          label={t('recommendations.rules.fromDay')}
          value={draft.from}
          onChange={(event) => set({ from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('recommendations.rules.toDay')}
          value={draft.to}
          onChange={(event) => set({ to: event.currentTarget.value })}
        />
      </SimpleGrid>
    </>
  );
}
