import type { Call } from './calls.ts';
import { readTouch } from './campaign.ts';
import type { Level } from './consentGate.ts';
import { plainPage, plainProperties } from './pageContext.ts';
import { randomId } from './randomId.ts';
import { nameOrigin } from './session.ts';
import type { Properties } from './types.ts';
import type { Visitor } from './visitor.ts';

/** What may be known at the moment an event is made. */
export interface Leave {
  readonly level: Level;
  /** Click ids of ads may be kept. */
  readonly advertising: boolean;
  /** What the event says about consent; null says nothing. */
  readonly consent: object | null;
}

export interface EventMaker {
  /** Puts what a call says of the visitor into effect. */
  learn(call: Call): void;
  make(call: Call, leave: Leave): object;
  traits(): Properties;
}

/** Makes events of calls: who, in which visit, from where. */
export function createEventMaker(visitor: Visitor): EventMaker {
  // Traits are personal: they stay in the page, ids alone are kept on the device.
  let traits: Properties = {};

  function known(call: Call, advertising: boolean): { ids: object; context: object } {
    const touch = readTouch(call.page, call.at, advertising);
    const { campaign = {}, clickIds = {} } = touch ?? {};
    const origin = nameOrigin(Object.entries({ ...campaign, ...clickIds }).map((pair) => pair.join('=')));
    const session = visitor.session(origin);
    if (touch !== null && session.fresh) visitor.addTouch(touch);
    const touches = visitor.touches();
    // JSON leaves out what is undefined.
    return {
      ids: { anonymousId: visitor.anonymousId(), userId: visitor.userId() ?? undefined },
      context: {
        sessionId: session.id,
        sessionStart: session.fresh || undefined,
        // The campaign holds for the whole visit, not only for the page it led to.
        campaign: session.origin === '' ? undefined : touches.last?.campaign,
        touches: touches.first && touches,
      },
    };
  }

  /** Audience measurement alone: nothing by which the visit could be joined to a person. */
  function measured({ fields, page, kind, at }: Call): { ids: object; fields: object; context: object } {
    const plain = plainPage(page);
    const properties = plainProperties(Object(fields.properties));
    const touch = readTouch(plain, at, false);
    return {
      ids: { anonymousId: visitor.measureId() },
      fields: { ...fields, properties: kind === 'page' ? { ...properties, ...plain } : properties },
      context: {
        page: plain,
        campaign: touch?.campaign,
        exempt: true,
        ip: '0.0.0.0',
      },
    };
  }

  return {
    traits: () => traits,
    learn({ kind, fields }) {
      // The next event makes another visitor.
      if (kind === 'reset') visitor.erase();
      if (kind === 'id') visitor.setAnonymousId(String(fields.id));
      if (kind === 'reset' || kind === 'id') traits = {};
      if (kind !== 'identify') return;
      const { userId } = fields;
      if (typeof userId === 'string') {
        const before = visitor.userId();
        if (before !== null && before !== userId) {
          visitor.erase();
          traits = {};
        }
        visitor.setUserId(userId);
      }
      traits = { ...traits, ...Object(fields.traits) };
    },
    make(call, { level, advertising, consent }) {
      const { kind, at } = call;
      const said = { consent: consent ?? undefined };
      const head = { type: kind, messageId: `vt-${randomId()}`, timestamp: at };
      if (level === 'measure') {
        const { ids, fields, context } = measured(call);
        return { ...head, ...ids, ...fields, context: { ...context, ...said } };
      }
      const { ids, context } = known(call, advertising);
      const previous = kind === 'alias' ? { previousId: visitor.userId() ?? visitor.anonymousId() } : {};
      return {
        ...head,
        ...previous,
        ...ids,
        ...call.fields,
        context: { page: call.page, ...context, ...said, ...call.context },
      };
    },
  };
}
