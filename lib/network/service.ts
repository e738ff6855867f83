import type { Application } from '../core/application';
import type { Manifest } from '../core/manifest';
import { readAnnotations } from './annotations';
import { transport, type Port } from './ports';

/** Makes the Service that clients talk to. */
export function makeService(application: Application, ports: readonly Port[], serviceAnnotations: Readonly<Record<string, string>> | undefined): Manifest {
  return application.manifest('service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { annotations: readAnnotations(application.problems, 'serviceAnnotations', serviceAnnotations) },
    spec: {
      type: 'ClusterIP',
      selector: { ...application.selector },
      ports: ports.map((port) => ({ name: port.name, port: port.servicePort, targetPort: port.port, protocol: transport(port) })),
    },
  });
}

/** Makes the headless Service that gives each pod a DNS name of its own, ready or not: peers find each other by it. */
export function makeHeadlessService(application: Application, name: string, ports: readonly Port[]): Manifest {
  return application.manifest(
    'headlessService',
    {
      apiVersion: 'v1',
      kind: 'Service',
      spec: {
        clusterIP: 'None',
        publishNotReadyAddresses: true,
        selector: { ...application.selector },
        ports: ports.map((port) => ({ name: port.name, port: port.port, targetPort: port.port, protocol: transport(port) })),
      },
    },
    { name },
  );
}
