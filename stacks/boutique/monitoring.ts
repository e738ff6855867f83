import type { Chart } from 'cdk8s';
import { MonitoringStack } from '../../lib/monitoring';
import type { Settings } from '../environment';

/** Watches the whole shop, from what it says of itself. */
export function addMonitoring(chart: Chart, environment: string, { namespace, monitoring }: Settings): MonitoringStack {
  const { size, storage, retention, apiServer, nodes, hostAccess } = monitoring;
  return new MonitoringStack(chart, 'monitoring', {
    environment,
    owner: 'platform',
    namespace: `${namespace}-monitoring`,
    size,
    hostAccess,
    network: { ...(apiServer ? { apiServer } : {}), ...(nodes ? { nodes } : {}) },
    prometheus: { ...(storage ? { storage } : {}), ...(retention === undefined ? {} : { retention: { time: retention } }) },
  });
}
