import type { Call } from './calls.ts';
import { levelOf, recallChoice, rememberChoice, sameChoice, withPrivacyControl } from './consentGate.ts';
import { tellGoogle } from './consentSignals.ts';
import { createEventMaker } from './events.ts';
import { privacyControl } from './pageContext.ts';
import type { Sender } from './sender.ts';
import type { Storage } from './storage.ts';
import type { ConsentPreferences, LoadOptions, User } from './types.ts';
import type { Visitor } from './visitor.ts';

/** Calls that wait for consent, at most. */
const mostHeld = 200;
const consentEvent = 'Segment Consent Preference Updated';

export interface EngineParts {
  readonly options: LoadOptions;
  readonly storage: Storage;
  readonly visitor: Visitor;
  readonly sender: Sender;
  readonly tell: (event: 'consent' | Exclude<Call['kind'], 'id'>, details: unknown) => void;
  /** A choice is in effect. */
  readonly onChoice: () => void;
}

/** Where a choice comes from: the visitor by `consent()`, a dialogue with its proof, another tab. */
export type Choice =
  | { readonly from: 'here' | 'tab'; readonly said: ConsentPreferences }
  | { readonly from: 'dialogue'; readonly said: ConsentPreferences; readonly proof: object };

export interface Engine {
  take(call: Call): void;
  decide(choice: Choice, page: Call['page']): void;
  preferences(): ConsentPreferences | null;
  /** True while all that the categories allow may be stored and sent. */
  isOpen(): boolean;
  /** Nothing may go out, not even what other pages left, before an answer is known. */
  maySend(): boolean;
  /** Holds calls until it is known who comes from another domain; null is a stranger. */
  arrive(answer: Promise<string | null>, page: Call['page']): Promise<void>;
  /** Waits no longer: the page ends. */
  stopWaiting(): void;
  readonly user: User;
}

const statement = (page: Call['page'], fields: Call['fields'], kind: Call['kind'] = 'track'): Call => ({
  kind,
  fields,
  context: {},
  at: new Date().toISOString(),
  page,
});

/** The gate: turns calls into events when they may be, holds them while that is not known, and forgets when told so. */
export function createEngine({ options, storage, visitor, sender, tell, onChoice }: EngineParts): Engine {
  const events = createEventMaker(visitor);
  const gpc = privacyControl();
  const recalled = recallChoice(storage, Date.now());
  // A choice made in a dialogue is taken from the dialogue; what was kept of it only tells whether it is news.
  let preferences = options.consentFrom !== undefined || recalled === null ? null : withPrivacyControl(recalled, gpc);
  let told = recalled;
  /** The law asks for no answer here (TCF says so): nothing is stated that nobody said. */
  let silent = false;
  let held: Call[] = [];
  let waiting = false;
  const level = () => levelOf(preferences, options.consent);
  const isOpen = () => level() === 'full';
  const whileOpen = (name: 'userId' | 'anonymousId' | 'sessionId') => () => (isOpen() ? visitor[name]() : null);

  const send = (call: Call, proof: object | null = null): void => {
    const stated = silent || preferences === null ? null : { categoryPreferences: preferences };
    sender.add(
      events.make(call, {
        level: level(),
        advertising: preferences?.advertising ?? (options.consent === 'not-required' && !gpc),
        consent: proof ?? stated,
      }),
    );
  };

  function take(call: Call): void {
    const { kind } = call;
    const measurable = level() === 'measure' && (kind === 'page' || kind === 'track' || kind === 'screen');
    if (!waiting && (isOpen() || measurable)) {
      events.learn(call);
      if (kind === 'id') return;
      if (kind !== 'reset') send(call);
      tell(kind, call.fields);
    } else if (preferences?.analytics !== false && held.push(call) > mostHeld) held.shift();
  }

  function release(): void {
    const calls = held;
    held = [];
    for (const call of calls) take(call);
  }

  return {
    take,
    isOpen,
    preferences: () => preferences,
    maySend: () => preferences !== null || level() !== 'off',
    user: {
      id: whileOpen('userId'),
      anonymousId: whileOpen('anonymousId'),
      sessionId: whileOpen('sessionId'),
      traits: () => (isOpen() ? events.traits() : {}),
    },
    decide(choice, page) {
      const { from, said } = choice;
      const next = withPrivacyControl(said, gpc);
      if (sameChoice(preferences, next)) return;
      const before = level();
      const after = levelOf(next, options.consent);
      const withdrawn = before === 'full' && after === 'off';
      silent = choice.from === 'dialogue' && Object.keys(choice.proof).length === 0;
      const news = from !== 'tab' && !silent && !sameChoice(told, said);
      if (from !== 'tab') rememberChoice(storage, said, Date.now());
      if (from === 'here' && options.writeGoogleConsent) tellGoogle(next);
      told = said;
      if (withdrawn || before === 'measure') sender.clear(from !== 'tab');
      // What was measured without consent is never joined to what follows.
      if (before === 'measure') visitor.erase();
      preferences = next;
      // Whoever withdraws is measured one last time: that they withdrew.
      if (news && (withdrawn || after === 'full'))
        send(
          statement(page, { event: consentEvent, properties: {} }),
          choice.from === 'dialogue' ? choice.proof : null,
        );
      if (withdrawn) {
        void sender.flush();
        visitor.erase();
      }
      if (next.analytics === false) held = [];
      tell('consent', next);
      onChoice();
      release();
    },
    async arrive(answer, page) {
      waiting = true;
      const id = await answer;
      if (!waiting) return;
      waiting = false;
      if (id !== null && isOpen()) {
        if (!visitor.isKnown()) visitor.setAnonymousId(id);
        else if (visitor.anonymousId() !== id) send(statement(page, { previousId: id }, 'alias'));
      }
      release();
    },
    stopWaiting() {
      waiting = false;
      release();
    },
  };
}
