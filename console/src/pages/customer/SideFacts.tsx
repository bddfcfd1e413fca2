import { Link } from '@tanstack/react-router';
import type { Profile } from '@vitrail/contracts';
import { useSourceIndex } from '../../api/sources.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { FamilyMark } from '../../ui/FamilyMark.tsx';
import { DateTime, Relative } from '../../ui/format/FormatProvider.tsx';
import { familyOf } from '../../ui/mosaic/fragments.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { useNamespaceName } from '../../ui/useNamespaceName.ts';
import { ConsentCard } from '../consents/ConsentCard.tsx';
import { CustomerReviews } from '../matching/CustomerReviews.tsx';
import { HouseholdCard } from '../matching/HouseholdCard.tsx';
import { PointsCard } from '../offers/PointsCard.tsx';
import { PersonOutside } from '../outside/PersonOutside.tsx';
import { CustomerPersona } from '../personas/CustomerPersona.tsx';
import { CustomerScores } from '../scores/CustomerScores.tsx';
import { PersonSegments } from '../segments/PersonSegments.tsx';
import styles from './Customer.module.css';

type Identifier = Profile['identifiers'][number];

/** Identifiers, consents, devices, companies: what stays in view beside the tabs. */
export function SideFacts({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const { can } = useSession();
  return (
    <aside className={styles.facts} aria-label={t('customer.facts')}>
      <Identifiers identifiers={profile.identifiers} />
      <CustomerReviews profile={profile.id} />
      <HouseholdCard profile={profile.id} />
      <CustomerPersona profile={profile.id} />
      <CustomerScores profile={profile.id} />
      {can('segments.read') ? <PersonSegments profile={profile.id} /> : null}
      <PersonOutside profile={profile.id} />
      <ConsentCard profile={profile.id} />
      <PointsCard profile={profile.id} />
      {profile.devices.length === 0 ? null : (
        <Card title={t('devices.title')}>
          <ul className={styles.list}>
            {profile.devices.map((device) => (
              <li key={`${device.type} ${device.os} ${device.browser}`} className={styles.row}>
                <span>
                  {[device.browser, device.os].filter(Boolean).join(' · ') || device.type}
                  <div className={styles.quiet}>{t('devices.events', { count: device.events })}</div>
                </span>
                <span className={styles.quiet}>
                  <Relative at={device.lastSeenAt} />
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {profile.companies.length === 0 ? null : (
        <Card title={t('companies.title')}>
          <ul className={styles.list}>
            {profile.companies.map((company) => (
              <li key={company.groupId} className={styles.row}>
                <Link to="/companies" search={{ q: company.name ?? company.groupId }}>
                  {company.name ?? company.groupId}
                </Link>
                <span className={styles.quiet}>
                  <DateTime at={company.since} only="date" />
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </aside>
  );
}

function Identifiers({ identifiers }: { identifiers: readonly Identifier[] }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const namespaceName = useNamespaceName();
  const sources = useSourceIndex();
  const byNamespace = new Map<string, Identifier[]>();
  for (const identifier of identifiers)
    byNamespace.set(identifier.namespace, [...(byNamespace.get(identifier.namespace) ?? []), identifier]);
  return (
    <Card title={t('identifiers.title')}>
      <ul className={styles.list}>
        {[...byNamespace].map(([namespace, values]) => (
          <li key={namespace}>
            <div className={styles.namespace}>{namespaceName(namespace)}</div>
            {values.map((one, at) => (
              // Masked values are all alike; their place tells them apart.
              // biome-ignore lint/suspicious/noArrayIndexKey: the list is not reordered while shown
              <div key={at} className={styles.identifier}>
                <FamilyMark family={familyOf(namespace, sources.get(one.source)?.family)} />
                <span
                  className={styles.value}
                  title={one.raw === one.value ? one.value : t('identifiers.raw', { raw: one.raw })}
                >
                  {one.value}
                </span>
                {one.shared ? <StatusBadge tone="quiet">{t('identifiers.shared')}</StatusBadge> : null}
                {can('personal.read') ? (
                  <CopyButton
                    value={one.value}
                    label={t('identifiers.copy', { namespace: namespaceName(namespace) })}
                  />
                ) : null}
              </div>
            ))}
          </li>
        ))}
      </ul>
    </Card>
  );
}
