import { applicationDashboard, overviewDashboard, platformDashboard } from '../../lib/monitoring/grafana';
import { CONTEXT, sampleApplications } from './applications';
import { draw } from './draw';
import type { Kind } from './samples';

/** The pictures by the name of their file in docs/images/dashboards. */
export function pictures(): ReadonlyMap<string, string> {
  const applications = sampleApplications();
  const application = (name: string, kind: Kind) => draw(applicationDashboard(applications.find((candidate) => candidate.name === name)!, CONTEXT).dashboard, kind);
  return new Map([
    ['overview.svg', draw(overviewDashboard(applications, CONTEXT).dashboard, 'overview')],
    ['web-app.svg', application('frontend', 'service')],
    ['stateful-service.svg', application('orders-db', 'database')],
    ['cron-task.svg', application('nightly-report', 'task')],
    ['platform.svg', draw(platformDashboard(CONTEXT).dashboard, 'platform')],
  ]);
}
