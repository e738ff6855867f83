import type { JsonObject } from '../../core/json';

/** Where Loki keeps everything. */
export const DATA = '/loki';
/** Port of its API. */
export const HTTP_PORT = 3100;
/** Port on which the relay takes what FluentD forwards. */
export const FORWARD_PORT = 24_224;
/** Port of the relay's own health. */
export const RELAY_PORT = 2020;
/** Where the relay keeps what Loki has not taken yet. */
export const RELAY_DATA = '/relay';

/** The labels of a stream: few values each, as every combination is a stream of its own. */
export const STREAM_LABELS = ['namespace', 'application', 'container', 'severity', 'environment', 'owner'] as const;
/** What is kept beside each line, and found without parsing it. */
const LINE_METADATA = ['pod', 'node'];
/** Day from which the index has this form; any in the past would do. */
const SINCE = '2025-01-01';

/** Loki as one program on one disk, which forgets after that many seconds. */
export function lokiConfig(retention: number): JsonObject {
  return {
    auth_enabled: false,
    analytics: { reporting_enabled: false },
    server: { http_listen_port: HTTP_PORT, grpc_listen_port: 9095, log_level: 'warn' },
    common: {
      path_prefix: DATA, replication_factor: 1, instance_addr: '127.0.0.1',
      ring: { kvstore: { store: 'inmemory' } },
      storage: { filesystem: { chunks_directory: `${DATA}/chunks`, rules_directory: `${DATA}/rules` } },
    },
    schema_config: { configs: [{ from: SINCE, store: 'tsdb', object_store: 'filesystem', schema: 'v13', index: { prefix: 'index_', period: '24h' } }] },
    limits_config: {
      retention_period: `${retention}s`, reject_old_samples: true, reject_old_samples_max_age: `${retention}s`,
      allow_structured_metadata: true, discover_service_name: [], volume_enabled: true, ingestion_rate_mb: 4, ingestion_burst_size_mb: 8, max_global_streams_per_user: 5000,
    },
    compactor: { working_directory: `${DATA}/compactor`, retention_enabled: true, delete_request_store: 'filesystem', compaction_interval: '10m', retention_delete_delay: '10m' },
    ingester: { wal: { dir: `${DATA}/wal`, flush_on_shutdown: true, replay_memory_ceiling: '128MB' } },
  };
}

/** A Fluent Bit beside Loki that speaks FluentD's protocol on one side and Loki's on the other: no image of FluentD's project speaks the latter. */
export function relayConfig(): JsonObject {
  const [labels, beside] = [[...STREAM_LABELS], LINE_METADATA];
  return {
    service: { flush: 1, log_level: 'warn', http_server: 'on', http_listen: '0.0.0.0', http_port: RELAY_PORT, health_check: 'on', 'storage.path': RELAY_DATA, 'storage.backlog.mem_limit': '16M' },
    pipeline: {
      inputs: [{ name: 'forward', listen: '0.0.0.0', port: FORWARD_PORT, buffer_chunk_size: '1M', buffer_max_size: '32M', 'storage.type': 'filesystem' }],
      outputs: [{
        name: 'loki', match: '*', host: '127.0.0.1', port: HTTP_PORT, labels: 'job=fluentd',
        label_keys: labels.map((key) => `$${key}`).join(','),
        structured_metadata: beside.map((key) => `${key}=$${key}`).join(','),
        // A line that is nothing but its message stands as it was written.
        remove_keys: [...labels, ...beside, 'stream'].join(','), drop_single_key: 'raw', line_format: 'json',
        retry_limit: 'no_limits', 'storage.total_limit_size': '256M',
      }],
    },
  };
}
