import { pgQuery } from '../../../platform/index.ts';

/** With the workspace's name, which may be a part of them. Primary keys. */
export const findLinkMarks = pgQuery({
  name: 'communicate.findLinkMarks',
  params: { workspace: 'int4' },
  row: { name: 'text', marks: 'jsonb?' },
  text: `
    select workspace.name, link_marks.marks
    from govern.workspace left join communicate.link_marks on link_marks.workspace_id = workspace.id
    where workspace.id = :workspace`,
});

export const writeLinkMarks = pgQuery({
  name: 'communicate.writeLinkMarks',
  params: { workspace: 'int4', marks: 'jsonb', now: 'timestamptz' },
  row: {},
  text: `
    insert into communicate.link_marks (workspace_id, marks, updated_at) values (:workspace, :marks, :now)
    on conflict (workspace_id) do update set marks = excluded.marks, updated_at = excluded.updated_at`,
});
