import { Button, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { JourneyDefinition, JourneyNode, Split } from '@vitrail/contracts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import styles from '../Journeys.module.css';
import { AudienceSelect } from './AudienceSelect.tsx';
import { StepSelect } from './choices.tsx';
import { ExperimentSplitFields } from './ExperimentSplitFields.tsx';
import { FactsEditor } from './FactsEditor.tsx';

type SplitNode = Extract<JourneyNode, { kind: 'split' }>;
const kinds = ['condition', 'run', 'message', 'random', 'experiment'] as const;
const fates = ['sent', 'delivered', 'opened', 'clicked', 'bounced', 'skipped'] as const;

interface SplitFieldsProps {
  readonly node: SplitNode;
  readonly definition: JourneyDefinition;
  readonly onChange: (node: SplitNode) => void;
  readonly disabled: boolean;
}

const nextOf = (split: Split): string => (split.by === 'message' ? split.yes : (split.branches[0]?.next ?? ''));
const elseOf = (split: Split): string =>
  split.by === 'message' ? split.no : split.by === 'random' ? (split.branches.at(-1)?.next ?? '') : split.otherwise;

/** A split of another kind that keeps where the first and the last way lead. */
function splitOf(by: (typeof kinds)[number], former: Split, definition: JourneyDefinition): Split {
  const [next, otherwise] = [nextOf(former), elseOf(former)];
  const message = Object.entries(definition.nodes).find(([, node]) => node.kind === 'message')?.[0] ?? '';
  switch (by) {
    case 'condition':
      return {
        by,
        branches: [
          {
            name: '',
            if: {
              kind: 'order',
              match: { where: [], lines: [] },
              measure: { of: 'count' },
              test: { op: 'gte', value: 1 },
              window: { kind: 'ever' },
            },
            next,
          },
        ],
        otherwise,
      };
    case 'run':
      return {
        by,
        branches: [{ name: '', where: [{ path: 'event.properties.value', op: 'gte', value: 100 }], next }],
        otherwise,
      };
    case 'message':
      return { by, message, was: 'clicked', yes: next, no: otherwise };
    case 'random':
      return {
        by,
        branches: [
          { name: 'A', weight: 50, next },
          { name: 'B', weight: 50, next: otherwise },
        ],
      };
    case 'experiment':
      // Until one is chosen.
      return { by, experiment: 'choose', branches: [{ name: '', variation: 'control', next }], otherwise };
  }
}

export function SplitFields({ node, definition, onChange, disabled }: SplitFieldsProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const { split } = node;
  const set = (changed: Split): void => onChange({ ...node, split: changed });
  const hasMessage = Object.values(definition.nodes).some(({ kind }) => kind === 'message');
  return (
    <Stack gap="sm">
      <Select
        label={t('journeys.splitTitle')}
        allowDeselect={false}
        disabled={disabled}
        value={split.by}
        data={kinds
          .filter((kind) => kind !== 'message' || hasMessage || split.by === 'message')
          .filter((kind) => kind !== 'experiment' || can('experience.read') || split.by === 'experiment')
          .map((kind) => ({ value: kind, label: t(`journeys.splitBy.${kind}`) }))}
        onChange={(text) => set(splitOf(kinds.find((kind) => kind === text) ?? 'random', split, definition))}
      />
      {split.by === 'message' ? (
        <>
          <StepSelect
            label={t('journeys.whichMessage')}
            definition={definition}
            only={(id) => definition.nodes[id]?.kind === 'message'}
            value={split.message}
            disabled={disabled}
            onChange={(message) => set({ ...split, message })}
          />
          <Select
            label={t('journeys.wasIt')}
            allowDeselect={false}
            disabled={disabled}
            value={split.was}
            data={fates.map((value) => ({ value, label: t(`journeys.fate.${value}`) }))}
            onChange={(text) => set({ ...split, was: fates.find((fate) => fate === text) ?? 'clicked' })}
          />
        </>
      ) : split.by === 'experiment' ? (
        <ExperimentSplitFields split={split} onChange={set} disabled={disabled} />
      ) : (
        <Branches split={split} onChange={set} disabled={disabled} />
      )}
    </Stack>
  );
}

function Branches({
  split,
  onChange,
  disabled,
}: {
  split: Branched;
  onChange: (split: Split) => void;
  disabled: boolean;
}) {
  const { t } = useTranslation();
  const least = split.by === 'random' ? 2 : 1;
  return (
    <>
      {split.branches.map((branch, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a branch is its place; its name is being typed
        <Stack key={index} gap={6} className={styles.fact}>
          <TextInput
            label={t('journeys.branchName', { number: index + 1 })}
            maxLength={80}
            value={branch.name}
            disabled={disabled}
            onChange={(event) => onChange(changeBranch(split, index, { name: event.currentTarget.value }))}
          />
          {split.by === 'condition' ? (
            <AudienceSelect
              label={t('journeys.whoTakesIt')}
              value={split.branches[index]?.if}
              clearable={false}
              disabled={disabled}
              onChange={(audience) => {
                if (audience === undefined) return;
                const branches = split.branches.map((one, place) => (place === index ? { ...one, if: audience } : one));
                onChange({ ...split, branches });
              }}
            />
          ) : null}
          {split.by === 'run' ? (
            <FactsEditor
              label={t('journeys.facts')}
              ofRun={false}
              value={split.branches[index]?.where ?? []}
              disabled={disabled}
              onChange={(where) => {
                const branches = split.branches.map((one, place) => (place === index ? { ...one, where } : one));
                onChange({ ...split, branches });
              }}
            />
          ) : null}
          {split.by === 'random' ? (
            <NumberInput
              label={t('journeys.weight')}
              min={0}
              max={1_000}
              value={split.branches[index]?.weight ?? 0}
              disabled={disabled}
              onChange={(weight) => {
                if (typeof weight !== 'number') return;
                const branches = split.branches.map((one, place) => (place === index ? { ...one, weight } : one));
                onChange({ ...split, branches });
              }}
            />
          ) : null}
          {split.branches.length > least ? (
            <div>
              <Button
                size="compact-xs"
                variant="subtle"
                color="red"
                disabled={disabled}
                onClick={() => onChange(dropBranch(split, index))}
              >
                {t('action.remove')}
              </Button>
            </div>
          ) : null}
        </Stack>
      ))}
      <Group>
        <Button
          size="compact-sm"
          variant="default"
          disabled={disabled || split.branches.length >= 10}
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() => onChange(addBranch(split))}
        >
          {t('journeys.addBranch')}
        </Button>
      </Group>
      {split.by === 'random' ? (
        <NumberInput
          label={t('journeys.winnerAfter')}
          description={t('journeys.winnerHint')}
          min={10}
          max={1_000_000}
          value={split.winner?.after ?? ''}
          disabled={disabled}
          onChange={(after) => {
            const { winner: _, ...rest } = split;
            onChange(typeof after === 'number' && after >= 10 ? { ...rest, winner: { after } } : rest);
          }}
        />
      ) : null}
    </>
  );
}

type Branched = Exclude<Split, { by: 'message' | 'experiment' }>;

/** Written out by kind: each has branches of its own. */
function changeBranch(split: Branched, index: number, change: { name: string }): Split {
  const named = <T extends { name: string }>(branches: readonly T[]): T[] =>
    branches.map((one, place) => (place === index ? { ...one, ...change } : one));
  if (split.by === 'condition') return { ...split, branches: named(split.branches) };
  return split.by === 'run'
    ? { ...split, branches: named(split.branches) }
    : { ...split, branches: named(split.branches) };
}

function dropBranch(split: Branched, index: number): Split {
  const without = <T,>(branches: readonly T[]): T[] => branches.filter((_, place) => place !== index);
  if (split.by === 'condition') return { ...split, branches: without(split.branches) };
  return split.by === 'run'
    ? { ...split, branches: without(split.branches) }
    : { ...split, branches: without(split.branches) };
}

function addBranch(split: Branched): Split {
  const again = <T extends { name: string }>(branches: readonly T[]): T[] => {
    const last = branches.at(-1);
    return last === undefined ? [...branches] : [...branches, { ...last, name: '' }];
  };
  if (split.by === 'condition') return { ...split, branches: again(split.branches) };
  return split.by === 'run'
    ? { ...split, branches: again(split.branches) }
    : { ...split, branches: again(split.branches) };
}
