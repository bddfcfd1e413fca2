import type { ProfileListItem } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { DateTime, Money, Num, nothing, Relative } from '../../ui/format/FormatProvider.tsx';
import { PersonName, usePersonName } from '../../ui/PersonName.tsx';
import type { Column } from '../../ui/table/columns.ts';

/** Columns that the server sorts by. */
export const customerSorts = ['name', 'orders', 'revenue', 'lastOrder', 'firstSeen', 'lastSeen'];

/** What can be seen of a person in a list. */
export function useCustomerColumns(): readonly Column<ProfileListItem>[] {
  const { t } = useTranslation();
  const nameOf = usePersonName();
  return [
    {
      id: 'name',
      header: t('customers.person'),
      cell: (row) => <PersonName person={row} size={28} />,
      text: nameOf,
      fixed: true,
      width: '26%',
    },
    { id: 'email', header: t('customers.email'), cell: (row) => row.email ?? nothing, text: (row) => row.email },
    { id: 'phone', header: t('customers.phone'), cell: (row) => row.phone ?? nothing, text: (row) => row.phone },
    { id: 'city', header: t('customers.city'), cell: (row) => row.city ?? nothing, text: (row) => row.city },
    {
      id: 'identifiers',
      header: t('customers.identifiers'),
      cell: (row) => <Num value={row.identifiers} />,
      text: (row) => row.identifiers,
      align: 'end',
      optional: true,
    },
    {
      id: 'orders',
      header: t('customers.orders'),
      cell: (row) => <Num value={row.orders} />,
      text: (row) => row.orders,
      align: 'end',
    },
    {
      id: 'revenue',
      header: t('customers.revenue'),
      cell: (row) => <Money amount={row.revenue} />,
      text: (row) => row.revenue,
      align: 'end',
    },
    {
      id: 'lastOrder',
      header: t('customers.lastOrder'),
      cell: (row) => (row.lastOrderAt === null ? nothing : <Relative at={row.lastOrderAt} />),
      text: (row) => row.lastOrderAt,
      align: 'end',
      optional: true,
    },
    {
      id: 'parts',
      header: t('customers.parts'),
      cell: (row) => <Num value={row.parts} />,
      text: (row) => row.parts,
      align: 'end',
      optional: true,
    },
    {
      id: 'firstSeen',
      header: t('customers.firstSeen'),
      cell: (row) => <DateTime at={row.firstSeenAt} only="date" />,
      text: (row) => row.firstSeenAt,
      align: 'end',
      optional: true,
    },
    {
      id: 'lastSeen',
      header: t('customers.lastSeen'),
      cell: (row) => <Relative at={row.lastSeenAt} />,
      text: (row) => row.lastSeenAt,
      align: 'end',
    },
  ];
}
