import type { CollectedEvent } from '../../collect/index.ts';
import { type Pg, scalarText } from '../../platform/index.ts';
import { claimAnswers, dropAnswers, noteAsked } from './sql/answers.pg.ts';
import { answerMark } from './takeAnswer.ts';

/** What a batch says of answers and of questions that were closed, in the transaction that resolves it. */
export async function followAnswers(
  tx: Pg,
  workspace: number,
  events: readonly CollectedEvent[],
  ownerOf: (index: number) => number | null,
): Promise<void> {
  const claimed: { message: string; profile: number }[] = [];
  const lost: string[] = [];
  const asked: { profile: number; trait: string; at: Date }[] = [];
  for (const [index, event] of events.entries()) {
    if (event.type !== 'track') continue;
    const profile = ownerOf(index);
    if (event.event === 'Experience Answered' && event.messageId.startsWith(answerMark)) {
      const message = event.messageId.slice(answerMark.length);
      if (profile === null) lost.push(message);
      else claimed.push({ message, profile });
    } else if (event.event === 'Experience Closed' && profile !== null) {
      const trait = scalarText(event.properties.question, 60);
      if (trait !== '') asked.push({ profile, trait, at: event.timestamp });
    }
  }
  if (claimed.length > 0)
    await tx.run(claimAnswers, {
      workspace,
      messages: claimed.map(({ message }) => message),
      profiles: claimed.map(({ profile }) => profile),
    });
  if (lost.length > 0) await tx.run(dropAnswers, { workspace, messages: lost });
  if (asked.length > 0)
    await tx.run(noteAsked, {
      workspace,
      profiles: asked.map(({ profile }) => profile),
      traits: asked.map(({ trait }) => trait),
      at: asked.map(({ at }) => at),
    });
}
