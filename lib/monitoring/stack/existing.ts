import type { IConstruct } from 'constructs';
import type { ApplicationInfo } from '../../core/registry';
import type { OperatorMode } from '../modes/props';

const server = (scope: IConstruct, name: string, namespace: string, selector: Readonly<Record<string, string>>, port: number): ApplicationInfo => ({
  scope, type: 'Foreign', name, namespace, selector, owner: undefined, ports: [{ name: 'http', protocol: 'http', port, servicePort: port }], metrics: undefined, hosts: [],
});

/** The Prometheus that stands already, as the policies know it; its pods answer at the port that the operator gives them. */
export const existingPrometheus = (scope: IConstruct, { namespace, selector }: NonNullable<OperatorMode['existing']>): ApplicationInfo => server(scope, 'prometheus', namespace, selector, 9090);

/** Its Alertmanager, in the same namespace. */
export const existingAlertmanager = (scope: IConstruct, { namespace }: NonNullable<OperatorMode['existing']>): ApplicationInfo => server(scope, 'alertmanager', namespace, { 'app.kubernetes.io/name': 'alertmanager' }, 9093);
