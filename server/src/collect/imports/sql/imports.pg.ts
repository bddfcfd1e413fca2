import { pgQuery } from '../../../platform/index.ts';

const importRow = {
  id: 'uuid',
  workspace_id: 'int4',
  source_id: 'int4?',
  file_name: 'text',
  file_bytes: 'int8',
  kind: 'text',
  settings: 'jsonb',
  state: 'text',
  phase: 'text',
  rows: 'int8',
  accepted: 'int8',
  rejected: 'int8',
  duplicates: 'int8',
  reasons: 'jsonb',
  notices: 'jsonb',
  position: 'int8',
  rows_total: 'int8?',
  rows_per_second: 'float8',
  bytes_read: 'int8',
  error: 'jsonb?',
  attempts: 'int4',
  file_removed_at: 'timestamptz?',
  created_at: 'timestamptz',
  started_at: 'timestamptz?',
  finished_at: 'timestamptz?',
} as const;

const columns = `import.id, import.workspace_id, import.source_id, import.file_name, import.file_bytes, import.kind,
  import.settings, import.state, import.phase, import.rows, import.accepted, import.rejected, import.duplicates,
  import.reasons, import.notices, import.position, import.rows_total, import.rows_per_second, import.bytes_read,
  import.error, import.attempts, import.file_removed_at, import.created_at, import.started_at, import.finished_at`;

/** Registers an import. One row by primary key. */
export const insertImport = pgQuery({
  name: 'collect.insertImport',
  params: {
    id: 'uuid',
    workspace: 'int4',
    source: 'int4',
    fileName: 'text',
    fileBytes: 'int8',
    fileHash: 'bytea',
    kind: 'text',
    settings: 'jsonb',
    by: 'text',
    at: 'timestamptz',
  },
  row: {},
  text: `insert into collect.import
           (id, workspace_id, source_id, file_name, file_bytes, file_hash, kind, settings, created_by, created_at)
         values (:id, :workspace, :source, :fileName, :fileBytes, :fileHash, :kind, :settings, :by, :at)`,
});

/** The source imported rows of a kind are credited to, made at first use. Unique (workspace_id, name). */
export const ensureImportSource = pgQuery({
  name: 'collect.ensureImportSource',
  params: { workspace: 'int4', name: 'text', family: 'text' },
  row: { id: 'int4' },
  text: `insert into collect.source (workspace_id, name, family, kind) values (:workspace, :name, :family, 'import')
         on conflict (workspace_id, name) do update set archived_at = null returning id`,
});

/** One source of the workspace. Primary key. */
export const findSource = pgQuery({
  name: 'collect.findImportSource',
  params: { workspace: 'int4', source: 'int4' },
  row: { id: 'int4' },
  text: `select id from collect.source where workspace_id = :workspace and id = :source and archived_at is null`,
});

/** Workspace settings that guesses start from. Primary key. */
export const readImportDefaults = pgQuery({
  name: 'collect.readImportDefaults',
  params: { workspace: 'int4' },
  row: { base_currency: 'text', country: 'text', time_zone: 'text' },
  text: `select base_currency, country, time_zone from govern.workspace where id = :workspace`,
});

/** One import with its source's name. Primary key; the workspace is checked besides. */
export const findImport = pgQuery({
  name: 'collect.findImport',
  params: { workspace: 'int4', id: 'uuid' },
  row: { ...importRow, source_name: 'text?' },
  text: `select ${columns}, source.name as source_name
         from collect.import left join collect.source on source.id = import.source_id
         where import.workspace_id = :workspace and import.id = :id`,
});

/** A page of imports, newest first, before a position. Index import_workspace (workspace_id, created_at desc). */
export const listImports = pgQuery({
  name: 'collect.listImports',
  params: { workspace: 'int4', before: 'timestamptz', beforeId: 'uuid', limit: 'int4' },
  row: { ...importRow, source_name: 'text?' },
  text: `select ${columns}, source.name as source_name
         from collect.import left join collect.source on source.id = import.source_id
         where import.workspace_id = :workspace and (import.created_at, import.id) < (:before, :beforeId)
         order by import.created_at desc, import.id desc limit :limit`,
});

/** The latest import of exactly this content. Index import_same_file. */
export const findSameFile = pgQuery({
  name: 'collect.findSameFile',
  params: { workspace: 'int4', hash: 'bytea', kind: 'text' },
  row: { id: 'uuid', state: 'text', created_at: 'timestamptz' },
  text: `select id, state, created_at from collect.import
         where workspace_id = :workspace and file_hash = :hash and kind = :kind
         order by created_at desc limit 1`,
});

/** Takes an import to work on it, unless another worker holds it. Primary key. */
export const claimImport = pgQuery({
  name: 'collect.claimImport',
  params: { id: 'uuid', worker: 'uuid', leaseSeconds: 'int4' },
  row: importRow,
  text: `update collect.import
         set state = 'running', worker = :worker, lease_until = now() + make_interval(secs => :leaseSeconds),
             attempts = attempts + 1, error = null, started_at = coalesce(started_at, now()), finished_at = null
         where id = :id and state in ('queued', 'running') and (lease_until is null or lease_until < now())
         returning ${columns}`,
});

/** Whether an import still wants working on. Primary key. */
export const findLease = pgQuery({
  name: 'collect.findImportLease',
  params: { id: 'uuid' },
  row: { state: 'text' },
  text: `select state from collect.import where id = :id`,
});

/** Keeps an import ours. 0 rows: it was cancelled or taken. Primary key. */
export const renewLease = pgQuery({
  name: 'collect.renewImportLease',
  params: { id: 'uuid', worker: 'uuid', leaseSeconds: 'int4' },
  row: {},
  text: `update collect.import set lease_until = now() + make_interval(secs => :leaseSeconds)
         where id = :id and worker = :worker and state = 'running'`,
});

/** Lets another worker go on at once. Primary key. */
export const releaseLease = pgQuery({
  name: 'collect.releaseImportLease',
  params: { id: 'uuid', worker: 'uuid' },
  row: {},
  text: `update collect.import set worker = null, lease_until = null where id = :id and worker = :worker`,
});

/** What the read-through shows before rows go in. 0 rows: no longer ours. Primary key. */
export const recordPhase = pgQuery({
  name: 'collect.recordImportPhase',
  params: { id: 'uuid', worker: 'uuid', phase: 'text', rowsTotal: 'int8?', bytesRead: 'int8' },
  row: {},
  text: `update collect.import
         set phase = :phase, rows_total = coalesce(:rowsTotal, rows_total), bytes_read = :bytesRead
         where id = :id and worker = :worker and state = 'running'`,
});

/**
 * Progress, in the transaction of the rows it counts. Absolute figures, for one exact position: a second try of the same
 * chunk, or a worker that lost its lease, changes nothing (0 rows). Primary key.
 */
export const recordProgress = pgQuery({
  name: 'collect.recordImportProgress',
  params: {
    id: 'uuid',
    worker: 'uuid',
    from: 'int8',
    position: 'int8',
    rows: 'int8',
    accepted: 'int8',
    rejected: 'int8',
    duplicates: 'int8',
    reasons: 'jsonb',
    notices: 'jsonb',
    rate: 'float8',
    bytesRead: 'int8',
  },
  row: {},
  text: `update collect.import
         set position = :position, rows = :rows, accepted = :accepted, rejected = :rejected, duplicates = :duplicates,
             reasons = :reasons, notices = :notices, rows_per_second = :rate, bytes_read = :bytesRead, attempts = 0
         where id = :id and worker = :worker and state = 'running' and position = :from`,
});

/** Keeps rejected rows for download. Primary key (import_id, row). */
export const insertRejects = pgQuery({
  name: 'collect.insertRejects',
  params: { id: 'uuid', rows: 'int8[]', reasons: 'text[]', details: 'text[]', records: 'jsonb[]' },
  row: {},
  text: `insert into collect.import_reject (import_id, row, reason, detail, record)
         select :id, row, reason, detail, record
         from unnest(:rows, :reasons, :details, :records) as reject (row, reason, detail, record)
         on conflict do nothing`,
});

/** Ends an import that is ours. Primary key. */
export const finishImport = pgQuery({
  name: 'collect.finishImport',
  params: { id: 'uuid', worker: 'uuid', state: 'text', error: 'jsonb?', bytesRead: 'int8?', at: 'timestamptz' },
  row: {},
  text: `update collect.import
         set state = :state, phase = 'finished', error = :error, finished_at = :at, worker = null, lease_until = null,
             bytes_read = coalesce(:bytesRead, bytes_read), rows_per_second = 0,
             file_removed_at = case when :state = 'done' then :at else file_removed_at end
         where id = :id and worker = :worker and state = 'running'`,
});

/** Stops an import; its worker notices at the next chunk, which then rolls back. Primary key. */
export const cancelImport = pgQuery({
  name: 'collect.cancelImport',
  params: { workspace: 'int4', id: 'uuid', at: 'timestamptz' },
  row: {},
  text: `update collect.import
         set state = 'cancelled', phase = 'finished', finished_at = :at, worker = null, lease_until = null,
             rows_per_second = 0
         where workspace_id = :workspace and id = :id and state in ('queued', 'running')`,
});

/** Queues an import that stopped, as long as its file is here. Primary key. */
export const requeueImport = pgQuery({
  name: 'collect.requeueImport',
  params: { workspace: 'int4', id: 'uuid' },
  row: {},
  text: `update collect.import
         set state = 'queued', phase = 'waiting', finished_at = null, error = null, attempts = 0
         where workspace_id = :workspace and id = :id and state in ('cancelled', 'failed') and file_removed_at is null`,
});

/** Imports that should be running and are not: left by a crash, or whose job was lost. Index import_unfinished. */
export const listStalled = pgQuery({
  name: 'collect.listStalledImports',
  params: {},
  row: { id: 'uuid' },
  text: `select id from collect.import
         where state in ('queued', 'running') and (lease_until is null or lease_until < now()) order by created_at`,
});

/** Rejected rows in order of the file, a page at a time. Primary key (import_id, row). */
export const listRejects = pgQuery({
  name: 'collect.listRejects',
  params: { id: 'uuid', after: 'int8', limit: 'int4' },
  row: { row: 'int8', reason: 'text', detail: 'text', record: 'jsonb' },
  text: `select row, reason, detail, record from collect.import_reject
         where import_id = :id and row > :after order by row limit :limit`,
});

/** Names of all columns among the rejected rows, for the header of the download. Primary key prefix. */
export const listRejectColumns = pgQuery({
  name: 'collect.listRejectColumns',
  params: { id: 'uuid' },
  row: { name: 'text' },
  text: `select key as name from collect.import_reject, jsonb_object_keys(record) as key
         where import_id = :id group by key order by min(row), key`,
});

/** Files no longer needed: cancelled or failed long ago. Scans the few imports that still have one. */
export const listExpiredFiles = pgQuery({
  name: 'collect.listExpiredImportFiles',
  params: { before: 'timestamptz' },
  row: { id: 'uuid' },
  text: `select id from collect.import
         where file_removed_at is null and state in ('cancelled', 'failed', 'done') and finished_at < :before`,
});

export const markFileRemoved = pgQuery({
  name: 'collect.markImportFileRemoved',
  params: { id: 'uuid', at: 'timestamptz' },
  row: {},
  text: `update collect.import set file_removed_at = :at where id = :id`,
});

/** Rejected rows hold what people sent us: they are kept for a while only. Primary key prefix. */
export const deleteOldRejects = pgQuery({
  name: 'collect.deleteOldRejects',
  params: { before: 'timestamptz' },
  row: {},
  text: `delete from collect.import_reject using collect.import
         where import.id = import_reject.import_id and import.finished_at < :before`,
});

/** Which of these ids are imports. Primary key. */
export const listKnownImports = pgQuery({
  name: 'collect.listKnownImports',
  params: { ids: 'uuid[]' },
  row: { id: 'uuid' },
  text: `select id from collect.import where id = any(:ids)`,
});
