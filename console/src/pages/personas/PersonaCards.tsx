import { Button, Group, useComputedColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { PersonaKey, Rfm } from '@vitrail/contracts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { colorOf } from '../../ui/chart/chartData.ts';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import styles from './Personas.module.css';
import { personaColor, personaName } from './personaWords.ts';

/** One card a persona: how many, what they bring, what to do with them. */
export function PersonaCards({ rfm, onOpen }: { rfm: Rfm; onOpen: (persona: PersonaKey) => void }) {
  const { t, language } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const navigate = useNavigate();
  const scheme = useComputedColorScheme('light');
  return (
    <ul className={styles.cards}>
      {rfm.personas.map((persona) => {
        const { key } = persona;
        const nobody = persona.profiles === 0;
        const name = personaName(key, rfm.settings.names, language);
        return (
          <li key={key}>
            <article
              className={styles.card}
              style={{ borderInlineStartColor: colorOf(personaColor[key], scheme) }}
              aria-label={name}
            >
              <Group justify="space-between" wrap="nowrap" align="baseline">
                <span className={styles.cardName}>{name}</span>
                <span className={styles.figure}>{format.number(persona.profiles)}</span>
              </Group>
              <dl className={styles.facts}>
                <dt>{t('personas.share')}</dt>
                <dd>{format.percent(persona.share)}</dd>
                <dt>{t('personas.revenue')}</dt>
                <dd>
                  {format.compactMoney(persona.revenue, rfm.currency)} · {format.percent(persona.revenueShare)}
                </dd>
                <dt>{t('personas.averageRevenue')}</dt>
                <dd>{nobody ? '–' : format.money(persona.averageRevenue, rfm.currency)}</dd>
                <dt>{t('personas.averageDays')}</dt>
                <dd>{nobody ? '–' : t('personas.days', { count: Math.round(persona.averageDays) })}</dd>
                <dt>{t('personas.averageEngagement')}</dt>
                <dd>
                  {nobody ? '–' : t('personas.outOfFive', { score: format.number(persona.averageEngagement, 1) })}
                </dd>
              </dl>
              <p className={styles.advice}>{t(`personas.advice.${key}`)}</p>
              <Group gap="xs">
                <Button size="compact-sm" variant="default" disabled={nobody} onClick={() => onOpen(key)}>
                  {t('personas.showPeople')}
                </Button>
                {can('segments.write') && rfm.site === null ? (
                  <Button
                    size="compact-sm"
                    variant="default"
                    onClick={() => void navigate({ to: '/segments/new', search: { template: `persona-${key}` } })}
                  >
                    {t('personas.makeSegment')}
                  </Button>
                ) : null}
              </Group>
            </article>
          </li>
        );
      })}
    </ul>
  );
}
