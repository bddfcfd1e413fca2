import { Button, Code, Group, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { OutsideProvider } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { changePartner, outsideSegmentsQuery, partnerQuery, removePartner } from '../../api/outside.ts';
import { createSegment } from '../../api/segments.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { DetailPage } from '../../ui/DetailPage.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { StatRow, StatTile } from '../../ui/StatTile.tsx';
import { TermFields } from './TermFields.tsx';
import { type Terms, termsOf, useTermWords } from './terms.ts';

const route = getRouteApi('/shell/segments/outside/$key');

/** One partner: what it says, its terms, and the ways in. */
export function PartnerPage() {
  const { t } = useTranslation();
  const words = useTermWords();
  const { key } = route.useParams();
  const query = useQuery(partnerQuery(useApi(), key));
  return (
    <DetailPage
      query={query}
      back={{ to: '/segments/outside', label: t('outside.title') }}
      title={({ name }) => name}
      purpose={({ basis, purpose }) => `${words.basis(basis)} · ${words.purpose(purpose)}`}
      actions={(partner) => <Remove partner={partner} />}
    >
      {(partner) => (
        <Stack gap="lg">
          <Figures partner={partner} />
          <Segments partner={partner} />
          <WaysIn partner={partner} />
          <EditTerms key={JSON.stringify(termsOf(partner))} partner={partner} />
        </Stack>
      )}
    </DetailPage>
  );
}

function Figures({ partner }: { partner: OutsideProvider }) {
  const { t } = useTranslation();
  const format = useFormat();
  const segments = useQuery(outsideSegmentsQuery(useApi())).data?.items.filter((one) => one.provider === partner.id);
  const usable = segments?.reduce((sum, one) => sum + one.usable, 0);
  return (
    <StatRow>
      <StatTile
        label={t('outside.memberships')}
        definition={t('outside.membershipsDefinition')}
        value={format.number(partner.memberships)}
      />
      <StatTile
        label={t('outside.usable')}
        definition={t('outside.usableDefinition')}
        value={usable === undefined ? '…' : format.number(usable)}
      />
      <StatTile
        label={t('outside.mappings')}
        definition={t('outside.mappingsDefinition')}
        value={format.number(partner.mappings)}
      />
    </StatRow>
  );
}

function Segments({ partner }: { partner: OutsideProvider }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const format = useFormat();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const query = useQuery(outsideSegmentsQuery(api));
  const rows = query.data?.items.filter((one) => one.provider === partner.id) ?? [];
  const use = useMutation({
    mutationFn: (segment: string) =>
      createSegment(api, {
        name: `${partner.name}: ${segment}`.slice(0, 120),
        description: '',
        definition: { kind: 'all', of: [{ kind: 'outside', provider: partner.key, segment }] },
      }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['segments'] });
      await navigate({ to: '/segments/$id', params: { id } });
    },
  });
  return (
    <Card title={t('outside.segments')} note={t('outside.segmentsNote')}>
      {query.error === null ? null : <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {use.error === null ? null : <ProblemAlert error={use.error} />}
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('outside.noSegments')}
        </Text>
      ) : (
        <Table.ScrollContainer
          minWidth={480}
          type="native"
          tabIndex={0}
          role="group"
          aria-label={t('outside.segments')}
        >
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('outside.segment')}</Table.Th>
                <Table.Th ta="end">{t('outside.people')}</Table.Th>
                <Table.Th ta="end">{t('outside.usable')}</Table.Th>
                <Table.Th>{t('outside.firstEnds')}</Table.Th>
                <Table.Th>
                  <span />
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.segment}>
                  <Table.Td>{row.segment}</Table.Td>
                  <Table.Td ta="end">{format.number(row.people)}</Table.Td>
                  <Table.Td ta="end">{format.number(row.usable)}</Table.Td>
                  <Table.Td>{row.firstEnds === null ? '–' : format.date(row.firstEnds)}</Table.Td>
                  <Table.Td ta="end">
                    {can('segments.write') && partner.uses.includes('segments') ? (
                      <Button
                        size="compact-xs"
                        variant="default"
                        loading={use.isPending && use.variables === row.segment}
                        onClick={() => use.mutate(row.segment)}
                      >
                        {t('outside.useIt')}
                      </Button>
                    ) : null}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Card>
  );
}

/** How a partner's rows come in: a file, the API, the pixel. */
function WaysIn({ partner }: { partner: OutsideProvider }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const origin = window.location.origin;
  const call = `curl ${origin}/api/v1/outside-audiences/${partner.key}/members \\
  -H 'Authorization: Bearer <key>' -H 'Content-Type: application/json' \\
  -d '{"items":[{"id":{"kind":"email","value":"zoe@example.fr"},"segment":"auto-intenders"}]}'`;
  const pixel =
    partner.syncPath === null
      ? null
      : `<img src="${origin}${partner.syncPath}?id=PARTNER_ID" width="1" height="1" alt="">`;
  return (
    <Card title={t('outside.waysIn')} note={t('outside.waysInNote')}>
      <Stack gap="md">
        {can('data.write') ? (
          <Group>
            <Button component={Link} to="/data/imports/new" size="compact-sm" variant="default">
              {t('outside.importFile')}
            </Button>
            <Text size="sm" c="dimmed">
              {t('outside.importHint')}
            </Text>
          </Group>
        ) : null}
        <Recipe label={t('outside.byApi')} text={call} />
        {pixel === null ? (
          <Text size="sm" c="dimmed">
            {t('outside.noPixel')}
          </Text>
        ) : (
          <>
            <Recipe label={t('outside.byPixel')} text={pixel} />
            <Text size="sm" c="dimmed">
              {t('outside.pixelHint')}
            </Text>
          </>
        )}
      </Stack>
    </Card>
  );
}

function Recipe({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <CopyButton value={text} label={label} />
      </Group>
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {text}
      </Code>
    </div>
  );
}

function EditTerms({ partner }: { partner: OutsideProvider }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const [terms, setTerms] = useState<Terms>(termsOf(partner));
  const save = useMutation({
    mutationFn: () => {
      const { key: _, ...change } = terms;
      return changePartner(api, partner.key, change);
    },
    onSuccess: async () => {
      notifications.show({ message: t('outside.saved') });
      await client.invalidateQueries({ queryKey: ['outside'] });
      await client.invalidateQueries({ queryKey: ['segments'] });
    },
  });
  if (!can('segments.write')) return null;
  const same = JSON.stringify(terms) === JSON.stringify(termsOf(partner));
  return (
    <Card title={t('outside.terms')} note={t('outside.termsNote')}>
      <Stack gap="md">
        <TermFields terms={terms} onChange={(change) => setTerms({ ...terms, ...change })} />
        {save.error === null ? null : <ProblemAlert error={save.error} />}
        <Group>
          <Button loading={save.isPending} disabled={same || terms.uses.length === 0} onClick={() => save.mutate()}>
            {t('outside.save')}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}

function Remove({ partner }: { partner: OutsideProvider }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [removing, setRemoving] = useState(false);
  if (!can('segments.write')) return null;
  return (
    <>
      <Button variant="default" onClick={() => setRemoving(true)}>
        {t('outside.remove')}
      </Button>
      <ConfirmDialog
        opened={removing}
        title={t('outside.removeTitle', { name: partner.name })}
        confirmLabel={t('outside.remove')}
        danger
        onClose={() => setRemoving(false)}
        onConfirm={async () => {
          await removePartner(api, partner.key);
          await navigate({ to: '/segments/outside' });
          await client.invalidateQueries({ queryKey: ['outside'] });
        }}
      >
        <Text>{t('outside.removeNote', { memberships: partner.memberships })}</Text>
      </ConfirmDialog>
    </>
  );
}
