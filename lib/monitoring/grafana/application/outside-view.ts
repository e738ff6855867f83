import type { MonitoredApplication } from '../../application';
import type { StatPanel } from '../model';
import { stat } from '../panels';
import { aggregate, select } from '../../promql';
import { date } from '../query';

/** How the application looks from outside: whether its routes answer, and how long its certificates last. */
export function routeStats({ namespace, name, probes, tls }: MonitoredApplication): readonly StatPanel[] {
  if (probes.length === 0) return [];
  const of = (operator: string, metric: string) => aggregate(operator, [], select(metric, { job: 'blackbox', namespace, application: name }));
  return [
    stat({
      title: 'Route answers', description: 'Share of its public routes that answer.', unit: 'percentunit', limits: { bad: 1, falls: true },
      queries: [{ expr: of('avg', 'probe_success'), legend: 'answers' }],
    }),
    ...(tls ? [stat({
      title: 'Certificate expires', description: 'When the first of its certificates expires.', unit: 'dateTimeFromNow', graph: false,
      queries: [{ expr: date(of('min', 'probe_ssl_earliest_cert_expiry')), legend: 'expires' }],
    })] : []),
  ];
}
