import { Link } from '@tanstack/react-router';
import { type Message, type MessageState, messageReasons } from '@vitrail/contracts';
import type { ReactNode } from 'react';
import { type MessagesAsked, useMessages } from '../../api/messages.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { DateTime, nothing } from '../../ui/format/FormatProvider.tsx';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';

const tones: Readonly<Record<MessageState, Tone>> = {
  queued: 'quiet',
  claimed: 'busy',
  sending: 'busy',
  sent: 'good',
  delivered: 'good',
  held: 'warn',
  skipped: 'quiet',
  failed: 'bad',
  uncertain: 'warn',
  cancelled: 'quiet',
};

interface MessageTableProps {
  readonly asked: MessagesAsked;
  /** What to read when there is none. */
  readonly empty: string;
  /** On a page of its own, whose filters stand in its address. */
  readonly filters?: ReactNode;
}

/** Messages one by one: what became of each, and why. */
export function MessageTable({ asked, empty, filters }: MessageTableProps) {
  const { t } = useTranslation();
  return (
    <DataTable
      id="messages"
      views={filters !== undefined}
      filters={filters}
      label={t('messages.title')}
      columns={useColumns(asked)}
      list={useMessages(asked)}
      rowKey={(row) => row.id}
      empty={<EmptyState title={t('messages.none')}>{empty}</EmptyState>}
    />
  );
}

function useColumns(asked: MessagesAsked): readonly Column<Message>[] {
  const { t } = useTranslation();
  const reasonOf = ({ reason }: Message): string => {
    const known = messageReasons.find((each) => each === reason);
    return known === undefined ? (reason ?? '') : t(`messages.reason.${known}`);
  };
  const origin: Column<Message> = {
    id: 'origin',
    header: t('messages.origin'),
    cell: (row) => row.origin.name ?? t(`messages.originOf.${originWord(row.origin.kind)}`),
    text: (row) => row.origin.name ?? row.origin.kind,
  };
  const person: Column<Message> = {
    id: 'person',
    header: t('messages.person'),
    cell: (row) => (
      <Link to="/customers/$id" params={{ id: row.profile }}>
        {row.name ?? row.address ?? t('messages.customer')}
      </Link>
    ),
    text: (row) => row.name ?? row.address ?? row.profile,
    fixed: true,
  };
  return [
    {
      id: 'when',
      header: t('messages.when'),
      cell: (row) => <DateTime at={row.sentAt ?? row.decidedAt ?? row.createdAt} />,
      text: (row) => row.sentAt ?? row.createdAt,
    },
    ...(asked.profile === undefined ? [person] : []),
    {
      id: 'message',
      header: t('messages.message'),
      cell: (row) => row.templateName ?? nothing,
      text: (row) => row.templateName,
    },
    {
      id: 'channel',
      header: t('messages.channel'),
      cell: (row) => t(`messages.channelOf.${row.channel}`),
      text: (row) => row.channel,
    },
    ...(asked.campaign === undefined && asked.journey === undefined ? [origin] : []),
    {
      id: 'state',
      header: t('messages.stateTitle'),
      cell: (row) => <StatusBadge tone={tones[row.state]}>{t(`messages.state.${row.state}`)}</StatusBadge>,
      text: (row) => row.state,
    },
    {
      id: 'reason',
      header: t('messages.why'),
      cell: (row) => (
        <>
          {reasonOf(row)}
          {row.detail === '' ? null : <span title={row.detail}> · {row.detail.slice(0, 80)}</span>}
        </>
      ),
      text: (row) => `${reasonOf(row)} ${row.detail}`.trim(),
    },
    {
      id: 'came',
      header: t('messages.came'),
      cell: (row) => cameOf(row),
      text: (row) => cameOf(row),
    },
  ];

  function cameOf({ feedback }: Message): string {
    const kinds = [...new Set(feedback.filter(({ machine }) => !machine).map(({ kind }) => kind))];
    return kinds.map((kind) => t(`messages.feedback.${kind}`)).join(', ');
  }
}

const originWords = ['campaign', 'journey', 'api', 'consent', 'test'] as const;
const originWord = (kind: string): (typeof originWords)[number] => originWords.find((each) => each === kind) ?? 'api';
