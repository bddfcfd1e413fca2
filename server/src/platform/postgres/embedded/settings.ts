/**
 * `postgresql.conf`, written at every start. Sized for a small machine (2 cores) shared with ClickHouse and ourselves;
 * a larger installation brings its own server by DATABASE_URL.
 */
export function engineSettings(socketFolder: string, durable: boolean): string {
  const settings: Record<string, string | number> = {
    // Nobody but this machine and this user.
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    max_connections: 60,

    // What was acknowledged survives a power cut.
    fsync: durable ? 'on' : 'off',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    max_wal_size: '2GB',
    min_wal_size: '128MB',
    checkpoint_timeout: '10min',
    checkpoint_completion_target: 0.9,
    // No replicas: less to write.
    wal_level: 'minimal',
    max_wal_senders: 0,

    shared_buffers: '256MB',
    effective_cache_size: '1GB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    random_page_cost: 1.1,
    effective_io_concurrency: 16,
    max_worker_processes: 4,
    max_parallel_workers_per_gather: 1,
    // Compiling costs more than our short queries gain.
    jit: 'off',

    // Queue-like tables change all the time: clean little and often.
    autovacuum_naptime: '20s',
    autovacuum_max_workers: 2,
    autovacuum_vacuum_scale_factor: 0.1,
    autovacuum_analyze_scale_factor: 0.05,
    autovacuum_vacuum_insert_scale_factor: 0.2,

    // Statements, parameters and error details quote customers' data: none of it is logged.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_min_duration_statement: -1,
    log_parameter_max_length: 0,
    log_parameter_max_length_on_error: 0,
    log_checkpoints: 'off',
    log_connections: '',
    log_autovacuum_min_duration: -1,
    log_line_prefix: '',
    logging_collector: 'off',
    lc_messages: 'C',

    timezone: 'UTC',
    idle_in_transaction_session_timeout: '10min',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'`);
  return `# Written by Vitrail at every start; changes here are lost.\n${lines.join('\n')}\n`;
}

/** Only the socket, whose folder only we can enter. */
export const accessRules = '# Written by Vitrail at every start; changes here are lost.\nlocal all all trust\n';
