import { ACCESS_ALERTS } from './access-alerts';
import { CLUSTER_ALERTS } from './cluster-alerts';
import type { Alert } from './definition';
import { JOB_ALERTS } from './job-alerts';
import { LOG_ALERTS, MONITORING_ALERTS } from './monitoring-alerts';
import { POD_ALERTS } from './pod-alerts';
import { SLO_ALERTS } from './slo';
import { WORKLOAD_ALERTS } from './workload-alerts';

/** Alerts on applications, by name. */
export const APPLICATION_ALERTS = { ...WORKLOAD_ALERTS, ...POD_ALERTS, ...JOB_ALERTS, ...ACCESS_ALERTS, ...SLO_ALERTS };

/** Alerts on the cluster and on the monitoring itself, by name. */
export const PLATFORM_ALERTS = { ...CLUSTER_ALERTS, ...MONITORING_ALERTS, ...LOG_ALERTS };

/** Name of an alert. */
export type AlertName = keyof typeof APPLICATION_ALERTS | keyof typeof PLATFORM_ALERTS;

/** All alerts by name. */
export const ALERTS: Readonly<Record<AlertName, Alert<never>>> = { ...APPLICATION_ALERTS, ...PLATFORM_ALERTS };
