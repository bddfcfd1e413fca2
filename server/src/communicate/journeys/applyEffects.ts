import type { JsonObject, Pg } from '../../platform/index.ts';
import { enqueueMessages, type MessageWish } from '../messages/enqueueMessages.ts';
import { applyTraits } from './applyTraits.ts';
import { directKey } from './catalog.ts';
import type { Ledger, Run } from './ledger.ts';
import { contextJson } from './matchFacts.ts';
import { findTemplates } from './sql/journeys.pg.ts';
import { appendEffects } from './sql/runs.pg.ts';
import { takeJourneyEvents } from './takeEvents.ts';
import type { Effect } from './walk.ts';

export interface WantedEffect {
  readonly run: Run;
  readonly root: number;
  readonly effect: Effect;
}

type Wanted<K extends Effect['kind']> = Omit<WantedEffect, 'effect'> & { effect: Extract<Effect, { kind: K }> };
const ofKind = <K extends Effect['kind']>(effects: readonly WantedEffect[], kind: K): Wanted<K>[] =>
  effects.filter((wanted): wanted is Wanted<K> => wanted.effect.kind === kind);

const templateIdOf = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : 0);

/** Does what the steps ask, in their transaction. */
export async function applyEffects(
  tx: Pg,
  {
    workspace,
    effects,
    ledger,
    now,
  }: { workspace: number; effects: readonly WantedEffect[]; ledger: Ledger; now: Date },
): Promise<void> {
  await sendMessages(tx, workspace, ofKind(effects, 'message'), ledger, now);
  const traits = ofKind(effects, 'traits').map(({ run, root, effect }) => ({
    run: run.id,
    seq: effect.seq,
    root,
    traits: effect.traits,
  }));
  await applyTraits(tx, workspace, traits, now);
  const lists = ofKind(effects, 'list');
  if (lists.length > 0) {
    await tx.run(appendEffects, {
      workspace,
      runs: lists.map(({ run }) => run.id),
      profiles: lists.map(({ root }) => root),
      lists: lists.map(({ effect }) => effect.list),
      changes: lists.map(({ effect }) => effect.change),
    });
  }
  const entries = ofKind(effects, 'enter').filter(({ effect }) => templateIdOf(effect.journey) > 0);
  await takeJourneyEvents(
    tx,
    workspace,
    entries.map(({ run, root, effect }) => ({
      profile: root,
      key: directKey,
      journey: templateIdOf(effect.journey),
      at: now,
      messageId: `journey-${run.id}-${effect.seq}`,
      properties: run.context.event?.properties ?? {},
    })),
  );
}

async function sendMessages(
  tx: Pg,
  workspace: number,
  wanted: readonly Wanted<'message'>[],
  ledger: Ledger,
  now: Date,
): Promise<void> {
  if (wanted.length === 0) return;
  const ids = [...new Set(wanted.map(({ effect }) => templateIdOf(effect.template)))];
  const templates = new Map((await tx.rows(findTemplates, { workspace, ids })).map((row) => [row.id, row]));
  const ready: Wanted<'message'>[] = [];
  const wishes: MessageWish[] = [];
  for (const each of wanted) {
    const { run, root, effect } = each;
    const template = templates.get(templateIdOf(effect.template));
    if (template === undefined) {
      ledger.note(run, {
        node: effect.node,
        kind: 'message',
        outcome: 'fault',
        to: null,
        way: '',
        detail: { because: 'no_template' },
      });
      continue;
    }
    ready.push(each);
    wishes.push({
      profile: root,
      dedupeKey: `journey/${run.journey}/run/${run.id}/${effect.node}/${effect.seq}`,
      channel: effect.channel,
      purpose: effect.purpose,
      kind: effect.transactional ? 'transactional' : 'marketing',
      priority: effect.priority,
      template: { id: template.id, version: template.version },
      origin: { kind: 'journey', id: String(run.journey), step: effect.node },
      variables: variablesOf(run),
      ...(effect.address !== null && { address: effect.address }),
      dueAt: now,
    });
  }
  const messages = await enqueueMessages(tx, { workspace, now, wishes });
  for (const [index, { run, effect }] of ready.entries()) {
    const id = messages[index];
    if (id === undefined) continue;
    run.context = { ...run.context, messages: { ...run.context.messages, [effect.node]: id } };
    // A run that ended in this very step for another reason than its end sends nothing.
    ledger.save(run);
  }
}

/** What a template may say of its journey: what began it, what ended its waits, its codes. */
function variablesOf(run: Run): JsonObject {
  const { event, events, coupons } = contextJson(run.context);
  return { event: event ?? null, journey: { events: events ?? {}, coupons: coupons ?? {}, key: run.key } };
}
