import { Anchor, Button, Group, NumberInput, Select, Stack, Table, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Simulation, SimulationRequest } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { simulate } from '../../api/experiments.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './Experiments.module.css';

const start: SimulationRequest = {
  experiments: 500,
  days: 28,
  peoplePerDay: 500,
  rate: 0.05,
  effect: 0,
  split: 0.5,
  confidence: 0.95,
  seed: 1,
};

/** How often the code that decides would be wrong, found out by letting it decide where the truth is known. */
export function SimulationPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const api = useApi();
  const [input, setInput] = useState(start);
  const change = (part: Partial<SimulationRequest>) => setInput((before) => ({ ...before, ...part }));
  const run = useMutation({
    mutationFn: async (asked: SimulationRequest) => ({ asked, result: await simulate(api, asked) }),
  });
  return (
    <>
      <PageHeader
        above={
          <Anchor component={Link} to="/website/experiments" size="sm" c="dimmed" className={styles.back}>
            <IconArrowLeft size={14} aria-hidden="true" /> {t('experiments.title')}
          </Anchor>
        }
        title={t('experiments.simulation.title')}
        purpose={t('experiments.simulation.purpose')}
      />
      <Stack gap="lg" className={styles.form}>
        <Card title={t('experiments.simulation.world')}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              run.mutate(input);
            }}
          >
            <Stack gap="md">
              <div className={styles.two}>
                <NumberInput
                  label={t('experiments.simulation.experiments')}
                  min={10}
                  max={1_000}
                  value={input.experiments}
                  onChange={(next) => change({ experiments: Number(next) || 10 })}
                />
                <NumberInput
                  label={t('experiments.simulation.days')}
                  description={t('experiments.simulation.daysHint')}
                  min={1}
                  max={60}
                  value={input.days}
                  onChange={(next) => change({ days: Number(next) || 1 })}
                />
                <NumberInput
                  label={t('experiments.simulation.people')}
                  min={10}
                  max={2_000}
                  value={input.peoplePerDay}
                  onChange={(next) => change({ peoplePerDay: Number(next) || 10 })}
                />
                <NumberInput
                  label={t('experiments.simulation.rate')}
                  suffix=" %"
                  min={0.1}
                  max={90}
                  decimalScale={1}
                  value={input.rate * 100}
                  onChange={(next) => change({ rate: (Number(next) || 0.1) / 100 })}
                />
                <NumberInput
                  label={t('experiments.simulation.effect')}
                  description={t('experiments.simulation.effectHint')}
                  suffix=" %"
                  min={-50}
                  max={200}
                  decimalScale={1}
                  value={input.effect * 100}
                  onChange={(next) => change({ effect: (Number(next) || 0) / 100 })}
                />
                <NumberInput
                  label={t('experiments.simulation.split')}
                  description={t('experiments.simulation.splitHint')}
                  suffix=" %"
                  min={30}
                  max={70}
                  decimalScale={1}
                  value={input.split * 100}
                  onChange={(next) => change({ split: (Number(next) || 50) / 100 })}
                />
                <Select
                  label={t('experiments.confidence')}
                  allowDeselect={false}
                  value={String(input.confidence)}
                  onChange={(next) => change({ confidence: Number(next ?? 0.95) })}
                  data={[0.9, 0.95, 0.99].map((each) => ({ value: String(each), label: format.percent(each) }))}
                />
                <NumberInput
                  label={t('experiments.simulation.seed')}
                  description={t('experiments.simulation.seedHint')}
                  min={0}
                  max={4_294_967_295}
                  value={input.seed}
                  onChange={(next) => change({ seed: Number(next) || 0 })}
                />
              </div>
              <Group justify="flex-end">
                <Button type="submit" loading={run.isPending}>
                  {t('experiments.simulation.run')}
                </Button>
              </Group>
            </Stack>
          </form>
        </Card>
        {run.error === null ? null : <ProblemAlert error={run.error} />}
        {run.data === undefined ? null : <Outcome asked={run.data.asked} result={run.data.result} />}
      </Stack>
    </>
  );
}

const tests = ['sequential', 'once', 'repeated', 'bayesian', 'sampleRatio', 'sampleRatioOnce'] as const;

function Outcome({ asked, result }: { asked: SimulationRequest; result: Simulation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isNull = asked.effect === 0;
  const rate = result.sequential / result.experiments;
  const sentence = isNull
    ? t('experiments.simulation.falseAlarms', {
        rate: format.percent(rate),
        promise: format.percent(1 - asked.confidence),
      })
    : result.daysToCall === null
      ? t('experiments.simulation.foundNever')
      : t('experiments.simulation.found', { rate: format.percent(rate), days: format.number(result.daysToCall, 1) });
  return (
    <Card
      title={t('experiments.simulation.result')}
      note={t('experiments.simulation.took', { count: result.experiments, ms: result.ms })}
    >
      <Stack gap="md">
        <Text className={styles.verdict} role="status">
          {sentence}
        </Text>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('experiments.simulation.test')}</Table.Th>
              <Table.Th className={styles.number}>{t('experiments.simulation.called')}</Table.Th>
              <Table.Th className={styles.number}>{t('experiments.simulation.share')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {tests.map((test) => (
              <Table.Tr key={test}>
                <Table.Th scope="row">{t(`experiments.simulation.tests.${test}`)}</Table.Th>
                <Table.Td className={styles.number}>{format.number(result[test])}</Table.Td>
                <Table.Td className={styles.number}>{format.percent(result[test] / result.experiments)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </Card>
  );
}
