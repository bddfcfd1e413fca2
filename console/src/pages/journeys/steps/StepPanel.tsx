import { Button, Group, NumberInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { builtInPurposes, channels, type JourneyDefinition, type JourneyNode, waysOf } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { canRemove, changeStep, leadTo, removeStep } from '../draft.ts';
import { useStepWords } from '../useStepWords.ts';
import { JourneySelect, ListSelect, OfferSelect, StepSelect, TemplateSelect } from './choices.tsx';
import { SplitFields } from './SplitFields.tsx';
import { UpdateFields } from './UpdateFields.tsx';
import { WaitFields } from './WaitFields.tsx';

interface StepPanelProps {
  readonly id: string;
  readonly node: JourneyNode;
  readonly definition: JourneyDefinition;
  readonly onChange: (definition: JourneyDefinition) => void;
  readonly onPeople: (() => void) | null;
  readonly disabled: boolean;
}

/** Everything about the step that is chosen. */
export function StepPanel({ id, node, definition, onChange, onPeople, disabled }: StepPanelProps) {
  const { t } = useTranslation();
  const words = useStepWords();
  const set = (changed: JourneyNode): void => onChange(changeStep(definition, id, changed));
  return (
    <Card title={words.kind(node)} note={t(`journeys.about.${node.kind}`)}>
      <Stack gap="sm">
        <TextInput
          label={t('journeys.label')}
          description={t('journeys.labelHint')}
          maxLength={80}
          value={node.label ?? ''}
          disabled={disabled}
          onChange={(event) => {
            const { label: _, ...rest } = node;
            const label = event.currentTarget.value;
            set(label === '' ? rest : { ...rest, label });
          }}
        />
        <NodeFields node={node} definition={definition} onChange={set} disabled={disabled} />
        {waysOf(node).map(({ to, name, path }, way) => (
          <StepSelect
            key={path.join('.')}
            label={name === '' ? t('journeys.goesOn') : t('journeys.goesOnWhen', { way: words.way(name) })}
            definition={definition}
            only={(other) => other !== id}
            value={to}
            disabled={disabled}
            onChange={(target) => onChange(leadTo(definition, { from: id, way }, target))}
          />
        ))}
        <Group gap="xs">
          {onPeople === null ? null : (
            <Button size="compact-sm" variant="default" onClick={onPeople}>
              {t('journeys.showPeople')}
            </Button>
          )}
          {canRemove(definition, id) && !disabled ? (
            <Button size="compact-sm" variant="subtle" color="red" onClick={() => onChange(removeStep(definition, id))}>
              {t('journeys.removeStep')}
            </Button>
          ) : null}
        </Group>
        <Text size="xs" c="dimmed">
          {t('journeys.idOf', { id })}
        </Text>
      </Stack>
    </Card>
  );
}

interface NodeFieldsProps {
  readonly node: JourneyNode;
  readonly definition: JourneyDefinition;
  readonly onChange: (node: JourneyNode) => void;
  readonly disabled: boolean;
}

function NodeFields({ node, definition, onChange, disabled }: NodeFieldsProps) {
  const { t } = useTranslation();
  switch (node.kind) {
    case 'message':
      return <MessageFields node={node} onChange={onChange} disabled={disabled} />;
    case 'wait':
      return <WaitFields node={node} onChange={onChange} disabled={disabled} />;
    case 'split':
      return <SplitFields node={node} definition={definition} onChange={onChange} disabled={disabled} />;
    case 'update':
      return <UpdateFields node={node} onChange={onChange} disabled={disabled} />;
    case 'list':
      return (
        <>
          <Select
            label={t('journeys.listChange')}
            allowDeselect={false}
            disabled={disabled}
            value={node.change}
            data={(['add', 'remove'] as const).map((value) => ({ value, label: t(`journeys.listDo.${value}`) }))}
            onChange={(text) => onChange({ ...node, change: text === 'remove' ? 'remove' : 'add' })}
          />
          <ListSelect
            label={t('journeys.listTitle')}
            value={node.list}
            disabled={disabled}
            onChange={(list) => onChange({ ...node, list: list === '' ? 'choose' : list })}
          />
        </>
      );
    case 'coupon':
      return (
        <OfferSelect
          label={t('journeys.offer')}
          value={node.offer}
          disabled={disabled}
          onChange={(offer) => onChange({ ...node, offer })}
        />
      );
    case 'webhook':
      return (
        <>
          <TextInput
            label={t('journeys.url')}
            type="url"
            value={node.url}
            disabled={disabled}
            onChange={(event) => onChange({ ...node, url: event.currentTarget.value })}
          />
          <TemplateSelect
            label={t('journeys.body')}
            channel="webhook"
            value={node.template}
            disabled={disabled}
            onChange={(template) => onChange({ ...node, template })}
          />
        </>
      );
    case 'journey':
      return (
        <JourneySelect
          label={t('journeys.which')}
          value={node.journey}
          disabled={disabled}
          onChange={(journey) => onChange({ ...node, journey })}
        />
      );
    case 'exit':
      return null;
  }
}

function MessageFields({
  node,
  onChange,
  disabled,
}: {
  node: Extract<JourneyNode, { kind: 'message' }>;
  onChange: (node: JourneyNode) => void;
  disabled: boolean;
}) {
  const { t } = useTranslation();
  return (
    <>
      <Select
        label={t('journeys.channel')}
        allowDeselect={false}
        disabled={disabled}
        value={node.channel}
        data={channels.map((value) => ({ value, label: t(`messages.channelOf.${value}`) }))}
        onChange={(text) =>
          onChange({ ...node, channel: channels.find((one) => one === text) ?? 'email', template: '' })
        }
      />
      <TemplateSelect
        label={t('journeys.template')}
        channel={node.channel}
        value={node.template}
        disabled={disabled}
        onChange={(template) => onChange({ ...node, template })}
      />
      <Select
        label={t('journeys.purposeTitle')}
        allowDeselect={false}
        disabled={disabled || node.transactional}
        value={node.purpose}
        data={[...new Set([...builtInPurposes.filter((one) => one !== 'email_open_tracking'), node.purpose])]}
        onChange={(purpose) => onChange({ ...node, purpose: purpose ?? 'marketing' })}
      />
      <Switch
        label={t('journeys.transactional')}
        description={t('journeys.transactionalHint')}
        checked={node.transactional}
        disabled={disabled}
        onChange={(event) => onChange({ ...node, transactional: event.currentTarget.checked })}
      />
      <NumberInput
        label={t('journeys.priority')}
        description={t('journeys.priorityHint')}
        min={-100}
        max={100}
        value={node.priority}
        disabled={disabled}
        onChange={(priority) => {
          if (typeof priority === 'number') onChange({ ...node, priority });
        }}
      />
    </>
  );
}
