import { metrics } from './family';

const CONTAINER = 'namespace pod uid container';

/** What kube-state-metrics 2.20 says of pods. */
const PODS = metrics({
  'namespace pod uid': ['kube_pod_start_time', 'kube_pod_completion_time', 'kube_pod_created', 'kube_pod_deletion_timestamp', 'kube_pod_status_ready_time', 'kube_pod_status_scheduled_time', 'kube_pod_status_unschedulable'],
  'namespace pod uid host_ip pod_ip node created_by_kind created_by_name priority_class host_network': ['kube_pod_info'],
  'namespace pod uid owner_kind owner_name owner_is_controller': ['kube_pod_owner'],
  'namespace pod uid phase': ['kube_pod_status_phase'],
  'namespace pod uid condition': ['kube_pod_status_ready', 'kube_pod_status_scheduled'],
  'namespace pod uid reason': ['kube_pod_status_reason', 'kube_pod_status_disruption_reason'],
  'namespace pod uid volume persistentvolumeclaim ephemeral': ['kube_pod_spec_volumes_persistentvolumeclaims_info'],
  [`${CONTAINER} image image_id image_spec container_id`]: ['kube_pod_container_info'],
  [CONTAINER]: [
    'kube_pod_container_status_waiting', 'kube_pod_container_status_running', 'kube_pod_container_status_terminated', 'kube_pod_container_status_ready', 'kube_pod_container_state_started',
    'kube_pod_container_status_restarts_total', 'kube_pod_container_status_last_terminated_exitcode', 'kube_pod_container_status_last_terminated_timestamp',
    'kube_pod_init_container_status_waiting', 'kube_pod_init_container_status_running', 'kube_pod_init_container_status_terminated', 'kube_pod_init_container_status_ready', 'kube_pod_init_container_status_restarts_total',
  ],
  [`${CONTAINER} reason`]: [
    'kube_pod_container_status_waiting_reason', 'kube_pod_container_status_terminated_reason', 'kube_pod_container_status_last_terminated_reason',
    'kube_pod_init_container_status_waiting_reason', 'kube_pod_init_container_status_terminated_reason', 'kube_pod_init_container_status_last_terminated_reason',
  ],
  [`${CONTAINER} node resource unit`]: ['kube_pod_container_resource_requests', 'kube_pod_container_resource_limits', 'kube_pod_init_container_resource_requests', 'kube_pod_init_container_resource_limits'],
});

/** What it says of workloads. */
const WORKLOADS = metrics({
  'namespace deployment': [
    'kube_deployment_status_replicas', 'kube_deployment_status_replicas_ready', 'kube_deployment_status_replicas_available', 'kube_deployment_status_replicas_unavailable',
    'kube_deployment_status_replicas_updated', 'kube_deployment_status_observed_generation', 'kube_deployment_spec_replicas', 'kube_deployment_spec_paused',
    'kube_deployment_spec_strategy_rollingupdate_max_unavailable', 'kube_deployment_spec_strategy_rollingupdate_max_surge', 'kube_deployment_metadata_generation', 'kube_deployment_created',
  ],
  'namespace deployment condition status reason': ['kube_deployment_status_condition'],
  'namespace statefulset': [
    'kube_statefulset_status_replicas', 'kube_statefulset_status_replicas_current', 'kube_statefulset_status_replicas_ready', 'kube_statefulset_status_replicas_available',
    'kube_statefulset_status_replicas_updated', 'kube_statefulset_status_observed_generation', 'kube_statefulset_replicas', 'kube_statefulset_metadata_generation', 'kube_statefulset_created',
  ],
  'namespace statefulset revision': ['kube_statefulset_status_current_revision', 'kube_statefulset_status_update_revision'],
  'namespace daemonset': [
    'kube_daemonset_created', 'kube_daemonset_status_current_number_scheduled', 'kube_daemonset_status_desired_number_scheduled', 'kube_daemonset_status_number_available',
    'kube_daemonset_status_number_misscheduled', 'kube_daemonset_status_number_ready', 'kube_daemonset_status_number_unavailable', 'kube_daemonset_status_observed_generation',
    'kube_daemonset_status_updated_number_scheduled', 'kube_daemonset_metadata_generation',
  ],
  'namespace replicaset owner_kind owner_name owner_is_controller': ['kube_replicaset_owner'],
  'namespace cronjob': [
    'kube_cronjob_created', 'kube_cronjob_next_schedule_time', 'kube_cronjob_schedule_invalid', 'kube_cronjob_status_active', 'kube_cronjob_status_last_schedule_time',
    'kube_cronjob_status_last_successful_time', 'kube_cronjob_spec_suspend', 'kube_cronjob_spec_starting_deadline_seconds',
  ],
  'namespace cronjob schedule concurrency_policy timezone': ['kube_cronjob_info'],
  'namespace job_name': [
    'kube_job_info', 'kube_job_spec_parallelism', 'kube_job_spec_completions', 'kube_job_spec_active_deadline_seconds', 'kube_job_status_active', 'kube_job_status_succeeded', 'kube_job_status_ready',
    'kube_job_status_suspended', 'kube_job_status_start_time', 'kube_job_status_completion_time', 'kube_job_created',
  ],
  'namespace job_name reason': ['kube_job_status_failed'],
  'namespace job_name condition': ['kube_job_complete', 'kube_job_failed'],
  'namespace job_name owner_kind owner_name owner_is_controller': ['kube_job_owner'],
});

/** What it says of what stands around workloads. */
const SURROUNDINGS = metrics({
  'namespace horizontalpodautoscaler': [
    'kube_horizontalpodautoscaler_spec_max_replicas', 'kube_horizontalpodautoscaler_spec_min_replicas', 'kube_horizontalpodautoscaler_status_current_replicas',
    'kube_horizontalpodautoscaler_status_desired_replicas', 'kube_horizontalpodautoscaler_metadata_generation',
  ],
  'namespace horizontalpodautoscaler scaletargetref_api_version scaletargetref_kind scaletargetref_name': ['kube_horizontalpodautoscaler_info'],
  'namespace horizontalpodautoscaler condition status': ['kube_horizontalpodautoscaler_status_condition'],
  'namespace horizontalpodautoscaler metric_name metric_target_type': ['kube_horizontalpodautoscaler_spec_target_metric', 'kube_horizontalpodautoscaler_status_target_metric'],
  'namespace poddisruptionbudget': [
    'kube_poddisruptionbudget_created', 'kube_poddisruptionbudget_status_current_healthy', 'kube_poddisruptionbudget_status_desired_healthy',
    'kube_poddisruptionbudget_status_pod_disruptions_allowed', 'kube_poddisruptionbudget_status_expected_pods', 'kube_poddisruptionbudget_status_observed_generation',
  ],
  'namespace resourcequota resource type': ['kube_resourcequota'],
  'namespace persistentvolumeclaim': ['kube_persistentvolumeclaim_resource_requests_storage_bytes', 'kube_persistentvolumeclaim_created'],
  'namespace persistentvolumeclaim storageclass volumename volumemode': ['kube_persistentvolumeclaim_info'],
  'namespace persistentvolumeclaim phase': ['kube_persistentvolumeclaim_status_phase'],
  'namespace phase': ['kube_namespace_status_phase'],
  persistentvolume: ['kube_persistentvolume_capacity_bytes'],
  'persistentvolume phase': ['kube_persistentvolume_status_phase'],
  'persistentvolume claim_namespace name': ['kube_persistentvolume_claim_ref'],
  node: ['kube_node_spec_unschedulable', 'kube_node_created'],
  'node kernel_version os_image container_runtime_version kubelet_version kubeproxy_version pod_cidr provider_id system_uuid internal_ip': ['kube_node_info'],
  'node role': ['kube_node_role'],
  'node key value effect': ['kube_node_spec_taint'],
  'node resource unit': ['kube_node_status_capacity', 'kube_node_status_allocatable'],
  'node condition status': ['kube_node_status_condition'],
});

/** The metrics of kube-state-metrics that are asked for; it serves no others. */
export const KUBE_STATE_METRICS = { ...PODS, ...WORKLOADS, ...SURROUNDINGS };
