import { NumberInput, Stack, TextInput } from '@mantine/core';
import type { ExperienceCaps } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import styles from '../Experiences.module.css';
import { useExperienceForm } from './formContext.tsx';

const countOf = (value: number | string): number | undefined => (value === '' ? undefined : Number(value));

/** How often at most, for how long it stays away, and what goes first. */
export function LimitFields() {
  const { t } = useTranslation();
  const { draft, change, errorAt, disabled } = useExperienceForm();
  const { caps, priority, group } = draft;
  const put = (part: Partial<ExperienceCaps>): void => {
    const next = { ...caps, ...part };
    change({ caps: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)) });
  };
  const perPeriod = (part: { times?: number | undefined; days?: number | undefined }): void => {
    const { times, days } = { ...caps.perPeriod, ...part };
    if (times === undefined && days === undefined) put({ perPeriod: undefined });
    else put({ perPeriod: { times: times ?? 1, days: days ?? 7 } });
  };
  const days = (value: number | string): { days: number } | undefined => {
    const count = countOf(value);
    return count === undefined ? undefined : { days: count };
  };
  return (
    <Card title={t('experiences.limits')} note={t('experiences.limitsNote')}>
      <Stack gap="md">
        <div className={styles.three}>
          <NumberInput
            label={t('experiences.perVisit')}
            min={1}
            max={100}
            disabled={disabled}
            value={caps.perVisit ?? ''}
            error={errorAt('caps.perVisit')}
            onChange={(next) => put({ perVisit: countOf(next) })}
          />
          <NumberInput
            label={t('experiences.perPerson')}
            min={1}
            max={1_000}
            disabled={disabled}
            value={caps.perPerson ?? ''}
            error={errorAt('caps.perPerson')}
            onChange={(next) => put({ perPerson: countOf(next) })}
          />
          <NumberInput
            label={t('experiences.periodTimes')}
            min={1}
            max={100}
            disabled={disabled}
            value={caps.perPeriod?.times ?? ''}
            error={errorAt('caps.perPeriod.times')}
            onChange={(next) => (next === '' ? put({ perPeriod: undefined }) : perPeriod({ times: Number(next) }))}
          />
          <NumberInput
            label={t('experiences.periodDays')}
            min={1}
            max={365}
            disabled={disabled}
            value={caps.perPeriod?.days ?? ''}
            error={errorAt('caps.perPeriod.days')}
            onChange={(next) => (next === '' ? put({ perPeriod: undefined }) : perPeriod({ days: Number(next) }))}
          />
          <NumberInput
            label={t('experiences.afterClose')}
            min={1}
            max={365}
            disabled={disabled}
            value={caps.afterClose?.days ?? ''}
            error={errorAt('caps.afterClose.days')}
            onChange={(next) => put({ afterClose: days(next) })}
          />
          <NumberInput
            label={t('experiences.afterClick')}
            min={1}
            max={365}
            disabled={disabled}
            value={caps.afterClick?.days ?? ''}
            error={errorAt('caps.afterClick.days')}
            onChange={(next) => put({ afterClick: days(next) })}
          />
        </div>
        <div className={styles.two}>
          <NumberInput
            label={t('experiences.priority')}
            description={t('experiences.priorityHint')}
            min={-1_000}
            max={1_000}
            disabled={disabled}
            value={priority}
            error={errorAt('priority')}
            onChange={(next) => change({ priority: Number(next) || 0 })}
          />
          <TextInput
            label={t('experiences.group')}
            description={t('experiences.groupHint')}
            maxLength={60}
            disabled={disabled}
            value={group ?? ''}
            error={errorAt('group')}
            onChange={(event) => change({ group: event.currentTarget.value })}
          />
        </div>
      </Stack>
    </Card>
  );
}
