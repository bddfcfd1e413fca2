import { Button, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { JourneyDetail } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { type JourneyMove, moveJourney, movesOf } from '../../api/journeys.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { notifications } from '../../ui/notify.ts';

/** Start, hold, let run out, end: each says how many people it is about. */
export function JourneyActions({ journey }: { journey: JourneyDetail }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const [move, setMove] = useState<JourneyMove | null>(null);
  if (!can('messages.send')) return null;
  const go = async (chosen: JourneyMove): Promise<void> => {
    await moveJourney(api, journey.id, chosen);
    await client.invalidateQueries({ queryKey: ['journeys'] });
    notifications.show({ message: t(`journeys.moved.${chosen}`) });
  };
  return (
    <>
      {movesOf[journey.state].map((one) => (
        <Button
          key={one}
          variant={one === 'start' || one === 'resume' ? 'filled' : one === 'archive' ? 'subtle' : 'default'}
          color={one === 'archive' ? 'red' : 'lead'}
          disabled={one === 'start' && journey.missing.length > 0}
          onClick={() => setMove(one)}
        >
          {t(`journeys.move.${one}`)}
        </Button>
      ))}
      {move === null ? null : (
        <ConfirmDialog
          opened
          title={t(`journeys.moveTitle.${move}`, { name: journey.name })}
          confirmLabel={t(`journeys.move.${move}`)}
          danger={move === 'archive'}
          typed={move === 'archive' && journey.people.inside > 0 ? journey.name : undefined}
          onConfirm={() => go(move)}
          onClose={() => setMove(null)}
        >
          <Text size="sm">{t(`journeys.moveNote.${move}`, { people: journey.people.inside })}</Text>
        </ConfirmDialog>
      )}
    </>
  );
}
