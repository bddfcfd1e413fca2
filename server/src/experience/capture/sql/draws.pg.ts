import { pgQuery } from '../../../platform/index.ts';

/** One after the other: whoever draws sees what was drawn before. Held until commit. */
export const lockPerson = pgQuery({
  name: 'experience.lockDraws',
  params: { experience: 'int4', person: 'int8' },
  row: { locked: 'bool?' },
  text: `
    select true as locked
    from (select pg_advisory_xact_lock(hashtextextended('draw/' || :experience || '/' || :person, 7032))) as lock`,
});

const columns = {
  id: 'int8',
  segment: 'text',
  offer: 'text',
  code: 'text?',
  chances: 'jsonb',
} as const;

/** What any row of a customer drew first since a moment. Indexes profile_root, draw_person. */
export const findDraw = pgQuery({
  name: 'experience.findDraw',
  params: { workspace: 'int4', experience: 'int4', root: 'int8', since: 'timestamptz' },
  row: columns,
  text: `
    select draw.id, draw.segment, draw.offer, draw.code, draw.chances
    from unify.profile as part
    join experience.draw on draw.workspace_id = :workspace and draw.profile_id = part.id
      and draw.experience_id = :experience and draw.at >= :since
    where part.workspace_id = :workspace and part.root_id = :root
    order by draw.at, draw.id limit 1`,
});

/** A number for the next draw: claims of codes are made under it before the draw is written. */
export const nextDraw = pgQuery({
  name: 'experience.nextDraw',
  params: {},
  row: { id: 'int8' },
  text: `select nextval(pg_get_serial_sequence('experience.draw', 'id'))::int8 as id`,
});

export const insertDraw = pgQuery({
  name: 'experience.insertDraw',
  params: {
    workspace: 'int4',
    id: 'int8',
    experience: 'int4',
    variant: 'text',
    profile: 'int8',
    segment: 'text',
    offer: 'text',
    code: 'text?',
    chances: 'jsonb',
    at: 'timestamptz',
  },
  row: {},
  text: `
    insert into experience.draw
      (workspace_id, id, experience_id, variant, profile_id, segment, offer, code, chances, at)
    overriding system value
    values (:workspace, :id, :experience, :variant, :profile, :segment, :offer, :code, :chances, :at)`,
});

/** For their owner's copy of everything. Index draw_person. */
export const exportDraws = pgQuery({
  name: 'experience.exportDraws',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { experience: 'text', segment: 'text', offer: 'text', code: 'text?', chances: 'jsonb', at: 'timestamptz' },
  text: `
    select experience.key as experience, draw.segment, draw.offer, draw.code, draw.chances, draw.at
    from experience.draw
    join experience.experience on experience.workspace_id = :workspace and experience.id = draw.experience_id
    where draw.workspace_id = :workspace and draw.profile_id = any(:profiles)
    order by draw.at`,
});

/** Forgets them; the codes stay given, to nobody. Index draw_person. */
export const eraseDraws = pgQuery({
  name: 'experience.eraseDraws',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {},
  text: `delete from experience.draw where workspace_id = :workspace and profile_id = any(:profiles)`,
});
