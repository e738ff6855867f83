import { histograms, metrics } from './family';

/** What the kubelet says of itself and of the volumes that it mounts. */
export const KUBELET = {
  ...metrics({
    'namespace persistentvolumeclaim': [
      'kubelet_volume_stats_available_bytes', 'kubelet_volume_stats_capacity_bytes', 'kubelet_volume_stats_used_bytes',
      'kubelet_volume_stats_inodes', 'kubelet_volume_stats_inodes_free', 'kubelet_volume_stats_inodes_used',
    ],
    '': ['kubelet_running_pods', 'kubelet_certificate_manager_client_ttl_seconds', 'kubelet_certificate_manager_client_expiration_renew_errors', 'kubelet_server_expiration_renew_errors'],
    container_state: ['kubelet_running_containers'],
    node: ['kubelet_node_name'],
    'operation_type': ['kubelet_runtime_operations_total', 'kubelet_runtime_operations_errors_total'],
  }),
  ...histograms({
    '': ['kubelet_pleg_relist_duration_seconds', 'kubelet_pod_start_duration_seconds'],
    operation_type: ['kubelet_pod_worker_duration_seconds'],
  }),
};

const CGROUP = 'id image name namespace pod container';

/** What cAdvisor, in the kubelet, says of containers; what belongs to no pod is dropped. */
export const CADVISOR = metrics({
  [CGROUP]: [
    'container_cpu_cfs_periods_total', 'container_cpu_cfs_throttled_periods_total', 'container_cpu_cfs_throttled_seconds_total', 'container_cpu_user_seconds_total', 'container_cpu_system_seconds_total',
    'container_memory_working_set_bytes', 'container_memory_usage_bytes', 'container_memory_rss', 'container_memory_cache', 'container_memory_swap', 'container_memory_failcnt',
    'container_memory_max_usage_bytes', 'container_spec_cpu_quota', 'container_spec_cpu_period', 'container_spec_cpu_shares', 'container_spec_memory_limit_bytes',
    'container_processes', 'container_threads', 'container_sockets', 'container_file_descriptors', 'container_start_time_seconds', 'container_last_seen', 'container_oom_events_total',
  ],
  [`${CGROUP} cpu`]: ['container_cpu_usage_seconds_total'],
  [`${CGROUP} device`]: ['container_fs_reads_total', 'container_fs_writes_total', 'container_fs_reads_bytes_total', 'container_fs_writes_bytes_total', 'container_fs_usage_bytes', 'container_fs_limit_bytes'],
  [`${CGROUP} interface`]: [
    'container_network_receive_bytes_total', 'container_network_transmit_bytes_total', 'container_network_receive_packets_total', 'container_network_transmit_packets_total',
    'container_network_receive_errors_total', 'container_network_transmit_errors_total', 'container_network_receive_packets_dropped_total', 'container_network_transmit_packets_dropped_total',
  ],
});

/** What node-exporter 1.12 says of a node, as far as rules and dashboards use it; the rest is kept too. */
export const NODE_EXPORTER = metrics({
  '': [
    'node_load1', 'node_load5', 'node_load15', 'node_boot_time_seconds', 'node_time_seconds', 'node_context_switches_total', 'node_forks_total', 'node_procs_running', 'node_procs_blocked',
    'node_memory_MemTotal_bytes', 'node_memory_MemAvailable_bytes', 'node_memory_MemFree_bytes', 'node_memory_Buffers_bytes', 'node_memory_Cached_bytes', 'node_memory_SwapTotal_bytes', 'node_memory_SwapFree_bytes',
    'node_vmstat_pgmajfault', 'node_vmstat_oom_kill', 'node_filefd_allocated', 'node_filefd_maximum', 'node_nf_conntrack_entries', 'node_nf_conntrack_entries_limit',
    'node_timex_sync_status', 'node_timex_offset_seconds', 'node_timex_maxerror_seconds', 'node_pressure_cpu_waiting_seconds_total', 'node_pressure_memory_waiting_seconds_total',
    'node_pressure_memory_stalled_seconds_total', 'node_pressure_io_waiting_seconds_total', 'node_pressure_io_stalled_seconds_total',
  ],
  'cpu mode': ['node_cpu_seconds_total'],
  'device mountpoint fstype device_error': [
    'node_filesystem_avail_bytes', 'node_filesystem_size_bytes', 'node_filesystem_free_bytes', 'node_filesystem_files', 'node_filesystem_files_free', 'node_filesystem_readonly', 'node_filesystem_device_error',
  ],
  device: [
    'node_disk_read_bytes_total', 'node_disk_written_bytes_total', 'node_disk_reads_completed_total', 'node_disk_writes_completed_total', 'node_disk_io_time_seconds_total', 'node_disk_io_time_weighted_seconds_total',
    'node_network_receive_bytes_total', 'node_network_transmit_bytes_total', 'node_network_receive_packets_total', 'node_network_transmit_packets_total',
    'node_network_receive_errs_total', 'node_network_transmit_errs_total', 'node_network_receive_drop_total', 'node_network_transmit_drop_total', 'node_network_up',
  ],
  'nodename sysname release version machine domainname': ['node_uname_info'],
  collector: ['node_scrape_collector_success', 'node_scrape_collector_duration_seconds'],
});

/** What the API server says, where it can be reached. */
export const API_SERVER = {
  ...metrics({
    'verb code group version resource subresource scope component dry_run': ['apiserver_request_total'],
    'request_kind': ['apiserver_current_inflight_requests'],
    'priority_level flow_schema reason': ['apiserver_flowcontrol_rejected_requests_total'],
    'name reason': ['apiserver_admission_webhook_rejection_count', 'aggregator_unavailable_apiservice_total'],
    name: ['aggregator_unavailable_apiservice'],
  }),
  ...histograms({
    'verb group version resource subresource scope component': ['apiserver_request_duration_seconds', 'apiserver_request_sli_duration_seconds'],
    '': ['apiserver_client_certificate_expiration_seconds'],
  }),
};
