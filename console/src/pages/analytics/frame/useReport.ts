import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useSession } from '../../../app/session.tsx';
import { daysOf, type Period, readPeriod, searchOfPeriod } from './period.ts';

interface Asked {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What a page asks: kept in the address, so that it can be sent to a colleague and found again. */
export interface ReportState<Request extends Asked> {
  /** Without its period. */
  readonly request: Request;
  /** With the days of its period. */
  readonly asked: Request;
  readonly period: Period;
  /** The saved report that was opened, until it is left. */
  readonly saved: string | undefined;
  readonly change: (patch: Partial<Request>) => void;
  readonly choose: (period: Period) => void;
}

function readJson(text: string | undefined): unknown {
  try {
    return text === undefined ? null : JSON.parse(text);
  } catch {
    // An address cut short by a chat program: the page starts as usual.
    return null;
  }
}

interface Parser<Request> {
  safeParse(given: unknown): { success: true; data: Request } | { success: false };
}

/** `schema` and `start` do not change between renders. */
export function useReport<Request extends Asked>(
  schema: Parser<Request>,
  start: Request,
  usualDays = '30',
): ReportState<Request> {
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const { workspace } = useSession();
  const { q, days, from, to, saved } = search;
  const request = useMemo(() => {
    const parsed = schema.safeParse(readJson(q));
    return parsed.success ? parsed.data : start;
  }, [q, schema, start]);
  const period = useMemo(() => readPeriod({ days, from, to }, usualDays), [days, from, to, usualDays]);
  const asked = useMemo(
    () => ({ ...request, ...daysOf(period, workspace.timeZone) }),
    [request, period, workspace.timeZone],
  );
  const go = useCallback(
    (change: Readonly<Record<string, string | undefined>>) =>
      void navigate({ to: '.', search: (former) => ({ ...former, ...change }), replace: true, resetScroll: false }),
    [navigate],
  );
  const change = useCallback(
    (patch: Partial<Request>) => go({ q: JSON.stringify({ ...request, ...patch }) }),
    [go, request],
  );
  const choose = useCallback((next: Period) => go({ ...searchOfPeriod(next) }), [go]);
  return { request, asked, period, saved, change, choose };
}
