import { histograms, metrics } from './family';

/** What every Go program says of itself. */
const GO = metrics({
  '': [
    'process_cpu_seconds_total', 'process_resident_memory_bytes', 'process_virtual_memory_bytes', 'process_open_fds', 'process_max_fds', 'process_start_time_seconds',
    'go_goroutines', 'go_threads', 'go_memstats_alloc_bytes', 'go_memstats_heap_inuse_bytes', 'go_memstats_heap_alloc_bytes',
  ],
  version: ['go_info'],
  quantile: ['go_gc_duration_seconds'],
});
const build = (name: string) => metrics({ 'version revision branch goversion goos goarch tags': [`${name}_build_info`] });

/** What Prometheus 3.14 says of itself. */
export const PROMETHEUS = {
  ...GO,
  ...build('prometheus'),
  ...metrics({
    '': [
      'prometheus_config_last_reload_successful', 'prometheus_config_last_reload_success_timestamp_seconds', 'prometheus_notifications_queue_length', 'prometheus_notifications_queue_capacity',
      'prometheus_notifications_alertmanagers_discovered', 'prometheus_notifications_dropped_total', 'prometheus_ready',
      'prometheus_tsdb_head_series', 'prometheus_tsdb_head_chunks', 'prometheus_tsdb_head_samples_appended_total', 'prometheus_tsdb_compactions_failed_total', 'prometheus_tsdb_compactions_total',
      'prometheus_tsdb_reloads_failures_total', 'prometheus_tsdb_reloads_total', 'prometheus_tsdb_storage_blocks_bytes', 'prometheus_tsdb_wal_corruptions_total', 'prometheus_tsdb_wal_storage_size_bytes',
      'prometheus_tsdb_head_max_time_seconds', 'prometheus_tsdb_lowest_timestamp_seconds', 'prometheus_tsdb_retention_limit_bytes', 'prometheus_tsdb_retention_limit_seconds', 'prometheus_tsdb_size_retentions_total',
      'prometheus_target_scrapes_exceeded_sample_limit_total', 'prometheus_target_scrapes_sample_duplicate_timestamp_total', 'prometheus_target_scrapes_sample_out_of_order_total',
      'prometheus_target_scrapes_exceeded_target_limit_total', 'prometheus_target_scrape_pools_failed_total', 'prometheus_target_scrape_pool_exceeded_label_limits_total',
      'prometheus_engine_queries', 'prometheus_engine_queries_concurrent_max',
    ],
    type: ['prometheus_tsdb_head_out_of_order_samples_appended_total'],
    'scrape_job': ['prometheus_target_scrape_pool_targets'],
    'alertmanager': ['prometheus_notifications_errors_total', 'prometheus_notifications_sent_total'],
    'rule_group': [
      'prometheus_rule_evaluation_failures_total', 'prometheus_rule_evaluations_total', 'prometheus_rule_group_iterations_missed_total', 'prometheus_rule_group_iterations_total',
      'prometheus_rule_group_last_duration_seconds', 'prometheus_rule_group_interval_seconds', 'prometheus_rule_group_rules', 'prometheus_rule_group_last_evaluation_timestamp_seconds',
    ],
    'remote_name url': [
      'prometheus_remote_storage_samples_failed_total', 'prometheus_remote_storage_samples_dropped_total', 'prometheus_remote_storage_samples_total', 'prometheus_remote_storage_samples_pending',
      'prometheus_remote_storage_shards', 'prometheus_remote_storage_shards_desired', 'prometheus_remote_storage_shards_max', 'prometheus_remote_storage_queue_highest_sent_timestamp_seconds',
    ],
    'slice quantile': ['prometheus_engine_query_duration_seconds'],
    'interval quantile': ['prometheus_target_interval_length_seconds'],
  }),
  ...histograms({ 'handler': ['prometheus_http_request_duration_seconds'] }),
  ...metrics({ 'handler code': ['prometheus_http_requests_total'] }),
};

/** What Alertmanager 0.34 says of itself. */
export const ALERTMANAGER = {
  ...GO,
  ...build('alertmanager'),
  ...metrics({
    '': [
      'alertmanager_config_last_reload_successful', 'alertmanager_config_last_reload_success_timestamp_seconds', 'alertmanager_config_hash', 'alertmanager_cluster_members',
      'alertmanager_cluster_failed_peers', 'alertmanager_cluster_health_score', 'alertmanager_dispatcher_aggregation_groups',
    ],
    state: ['alertmanager_alerts', 'alertmanager_silences'],
    'status version': ['alertmanager_alerts_received_total'],
    version: ['alertmanager_alerts_invalid_total'],
    'integration receiver_name': ['alertmanager_notifications_total', 'alertmanager_notification_requests_total', 'alertmanager_notification_requests_failed_total'],
    'integration receiver_name reason': ['alertmanager_notifications_failed_total'],
    reason: ['alertmanager_notifications_suppressed_total'],
    'msg_type': ['alertmanager_cluster_messages_sent_total', 'alertmanager_cluster_messages_received_total'],
  }),
  ...histograms({ 'integration receiver_name': ['alertmanager_notification_latency_seconds'] }),
};

/** What blackbox-exporter says of each probed address. */
export const BLACKBOX = metrics({
  '': [
    'probe_success', 'probe_duration_seconds', 'probe_dns_lookup_time_seconds', 'probe_failed_due_to_regex', 'probe_http_status_code', 'probe_http_content_length', 'probe_http_redirects',
    'probe_http_ssl', 'probe_http_version', 'probe_ip_protocol', 'probe_ssl_earliest_cert_expiry', 'probe_ssl_last_chain_expiry_timestamp_seconds',
  ],
  phase: ['probe_http_duration_seconds'],
  version: ['probe_tls_version_info'],
});

/** What Grafana 13 says of itself. */
export const GRAFANA = {
  ...GO,
  ...metrics({
    'version revision branch goversion edition': ['grafana_build_info'],
    '': ['grafana_stat_totals_dashboard', 'grafana_stat_active_users', 'grafana_alerting_active_configurations', 'grafana_page_response_status_total'],
  }),
  ...histograms({ 'handler method status_code status_source slo_group': ['grafana_http_request_duration_seconds'] }),
};

/** What FluentD's prometheus plugins say of the pipeline. */
export const FLUENTD = metrics({
  'hostname plugin_id type': [
    'fluentd_output_status_buffer_available_space_ratio', 'fluentd_output_status_buffer_total_bytes', 'fluentd_output_status_buffer_queue_length', 'fluentd_output_status_buffer_stage_length',
    'fluentd_output_status_buffer_stage_byte_size', 'fluentd_output_status_queue_byte_size', 'fluentd_output_status_buffer_newest_timekey', 'fluentd_output_status_buffer_oldest_timekey',
    'fluentd_output_status_retry_count', 'fluentd_output_status_num_errors', 'fluentd_output_status_emit_count', 'fluentd_output_status_emit_records', 'fluentd_output_status_emit_size_bytes',
    'fluentd_output_status_write_count', 'fluentd_output_status_rollback_count', 'fluentd_output_status_retry_wait', 'fluentd_output_status_slow_flush_count', 'fluentd_output_status_flush_time_count',
    'fluentd_status_buffer_total_bytes', 'fluentd_status_buffer_queue_length', 'fluentd_status_retry_count',
  ],
  'hostname plugin_id type path': ['fluentd_tail_file_position', 'fluentd_tail_file_inode'],
  'hostname plugin_id type started': ['fluentd_tail_files'],
  '': ['fluentd_dropped_records_total'],
});

/** What Loki 3.7 says of itself, as far as rules and dashboards use it; the rest is kept too. */
export const LOKI = {
  ...GO,
  ...build('loki'),
  ...metrics({
    '': ['loki_ingester_memory_chunks', 'loki_ingester_wal_disk_full_failures_total'],
    tenant: ['loki_ingester_memory_streams'],
    'tenant reason retention_hours policy': ['loki_discarded_samples_total', 'loki_discarded_bytes_total'],
  }),
  ...histograms({ 'method route status_code ws': ['loki_request_duration_seconds'] }),
};

/** What cert-manager's controller says of the certificates in the environment. */
export const CERT_MANAGER = metrics({
  'name namespace issuer_name issuer_kind issuer_group': ['certmanager_certificate_expiration_timestamp_seconds', 'certmanager_certificate_renewal_timestamp_seconds'],
  'name namespace issuer_name issuer_kind issuer_group condition': ['certmanager_certificate_ready_status'],
});
