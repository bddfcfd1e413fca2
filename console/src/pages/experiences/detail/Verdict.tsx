import { Stack, Text } from '@mantine/core';
import type { Experience, ExperienceReport } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Term } from '../../../ui/Term.tsx';
import { useUplift } from './useUplift.ts';

interface VerdictProps {
  readonly experience: Experience;
  readonly report: ExperienceReport;
}

/** Whether more people bought than of those who saw nothing, in a sentence for each variant. */
export function Verdict({ experience, report }: VerdictProps) {
  const { t } = useTranslation();
  const { variants, control } = experience.definition;
  const { comparisons } = report;
  if (comparisons.length === 0)
    return (
      <Card title={t('experiences.uplift')}>
        <Text size="sm">{t(control === 0 ? 'experiences.noControl' : 'experiences.tooFew')}</Text>
      </Card>
    );
  return (
    <Card
      title={t('experiences.uplift')}
      note={<Term meaning={t('experiences.alwaysValidMeans')}>{t('experiences.alwaysValid')}</Term>}
    >
      <Stack gap="sm">
        {comparisons.map((comparison) => (
          <Compared
            key={comparison.variant}
            comparison={comparison}
            name={variants.find(({ key }) => key === comparison.variant)?.name ?? comparison.variant}
          />
        ))}
      </Stack>
    </Card>
  );
}

function Compared({ comparison, name }: { comparison: ExperienceReport['comparisons'][number]; name: string }) {
  const { t } = useTranslation();
  const uplift = useUplift();
  const { relative, value, low, high } = comparison;
  const verdict = low > 0 ? 'better' : high < 0 ? 'worse' : 'open';
  const say = (share: number): string => uplift(share, relative);
  return (
    <div>
      <Text fw={600}>{t(`experiences.verdict.${verdict}`, { name })}</Text>
      <Text size="sm">{t('experiences.between', { value: say(value), low: say(low), high: say(high) })}</Text>
    </div>
  );
}
