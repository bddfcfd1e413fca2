import { pgQuery } from '../../platform/index.ts';

/** The workspaces a person belongs to, oldest first. By index member_user. Asked at every request of a session. */
export const listMemberships = pgQuery({
  name: 'govern.listMemberships',
  params: { user: 'text' },
  row: { workspace_id: 'int4', role: 'text' },
  text: `select workspace_id, role from govern.member where user_id = :user order by workspace_id`,
});

/** The same with the workspaces' settings, for the page that lists them. By index member_user. */
export const listWorkspacesOf = pgQuery({
  name: 'govern.listWorkspacesOf',
  params: { user: 'text' },
  row: {
    id: 'int4',
    name: 'text',
    base_currency: 'text',
    country: 'text',
    time_zone: 'text',
    language: 'text',
    created_at: 'timestamptz',
    role: 'text',
    chosen_language: 'text?',
  },
  text: `select w.id, w.name, w.base_currency, w.country, w.time_zone, w.language, w.created_at, m.role,
      m.language as chosen_language
    from govern.member m join govern.workspace w on w.id = m.workspace_id
    where m.user_id = :user order by w.id`,
});

/** The language of the console in all of a person's workspaces. By index member_user. */
export const updateLanguage = pgQuery({
  name: 'govern.updateLanguage',
  params: { user: 'text', language: 'text' },
  row: {},
  text: `update govern.member set language = :language where user_id = :user and language is distinct from :language`,
});

/** Everyone in a workspace, first come first. By primary key. */
export const listMembers = pgQuery({
  name: 'govern.listMembers',
  params: { workspace: 'int4' },
  row: { user_id: 'text', role: 'text', created_at: 'timestamptz' },
  text: `select user_id, role, created_at from govern.member
    where workspace_id = :workspace order by created_at, user_id`,
});

/** By primary key. */
export const findMember = pgQuery({
  name: 'govern.findMember',
  params: { workspace: 'int4', user: 'text' },
  row: { user_id: 'text', role: 'text', created_at: 'timestamptz' },
  text: `select user_id, role, created_at from govern.member where workspace_id = :workspace and user_id = :user`,
});

/** No row when the person already is a member. */
export const insertMember = pgQuery({
  name: 'govern.insertMember',
  params: { workspace: 'int4', user: 'text', role: 'text' },
  row: { user_id: 'text', role: 'text', created_at: 'timestamptz' },
  text: `insert into govern.member (workspace_id, user_id, role) values (:workspace, :user, :role)
    on conflict do nothing returning user_id, role, created_at`,
});

/** By primary key. */
export const updateMemberRole = pgQuery({
  name: 'govern.updateMemberRole',
  params: { workspace: 'int4', user: 'text', role: 'text' },
  row: {},
  text: `update govern.member set role = :role where workspace_id = :workspace and user_id = :user`,
});

/** By primary key. */
export const deleteMember = pgQuery({
  name: 'govern.deleteMember',
  params: { workspace: 'int4', user: 'text' },
  row: {},
  text: `delete from govern.member where workspace_id = :workspace and user_id = :user`,
});

/** Owners of a workspace other than one person: zero means that person is the last. By primary key. */
export const countOtherOwners = pgQuery({
  name: 'govern.countOtherOwners',
  params: { workspace: 'int4', user: 'text' },
  row: { owners: 'int8' },
  text: `select count(*) as owners from govern.member
    where workspace_id = :workspace and role = 'owner' and user_id <> :user`,
});

/** Whether anyone at all may sign in yet. The first row answers. */
export const hasMembers = pgQuery({
  name: 'govern.hasMembers',
  params: {},
  row: { some: 'bool' },
  text: `select exists (select from govern.member) as some`,
});
