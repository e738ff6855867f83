/** How requests find pods: Services, headless ones, Ingresses. */
import { labelOf, type Labels, type Obj, type World } from './world';

interface ServiceSpec {
  readonly clusterIP?: string;
  readonly selector: Labels;
  readonly ports: readonly { readonly name?: string; readonly port: number; readonly targetPort: number | string }[];
}

interface IngressSpec {
  readonly tls?: readonly { readonly secretName?: string }[];
  readonly rules: readonly { readonly http: { readonly paths: readonly { readonly backend: { readonly service: { readonly name: string; readonly port: { readonly name?: string; readonly number?: number } } } }[] } }[];
}

const services = (world: World) => world.all<ServiceSpec>('Service');

/** Service, port and pods behind an address such as `redis-cart:6379`; undefined where there is no such Service or port. */
export function behind(world: World, namespace: string, host: string, port: number) {
  const service = world.find<ServiceSpec>('Service', namespace, host);
  const found = service?.spec.ports.find((candidate) => candidate.port === port);
  return service && found && { targetPort: found.targetPort, pods: world.selected(namespace, service.spec.selector) };
}

export function unresolvedByServices(world: World): string[] {
  return [...services(world).flatMap((service) => inService(world, service)), ...headless(world), ...world.all<IngressSpec>('Ingress').flatMap((ingress) => inIngress(world, ingress))];
}

function inService(world: World, service: Obj<ServiceSpec>): string[] {
  const chosen = world.selected(service.metadata.namespace, service.spec.selector);
  if (chosen.length !== 1) return [`${labelOf(service)}: selects the pods of ${chosen.length} workloads (${chosen.map(({ name }) => name).join(', ')})`];
  const ports = chosen[0]!.spec.containers.concat(chosen[0]!.spec.initContainers ?? []).flatMap((container) => container.ports ?? []);
  return service.spec.ports.filter(({ targetPort }) => !ports.some(({ name, containerPort }) => targetPort === name || targetPort === containerPort)).map(({ targetPort }) => `${labelOf(service)}: leads to port ${targetPort}, which its pods do not have`);
}

/** A StatefulSet gives its pods names through a headless Service that selects them. */
function headless(world: World): string[] {
  return world.pods.filter(({ owner }) => owner.kind === 'StatefulSet').flatMap((pods) => {
    const name = pods.owner.spec.serviceName ?? '';
    const service = world.find<ServiceSpec>('Service', pods.namespace, name);
    if (!service) return [`${pods.name}: no Service ${name}`];
    if (service.spec.clusterIP !== 'None') return [`${pods.name}: Service ${name} is not headless`];
    return world.selected(pods.namespace, service.spec.selector).includes(pods) ? [] : [`${pods.name}: Service ${name} does not select its pods`];
  });
}

function inIngress(world: World, ingress: Obj<IngressSpec>): string[] {
  const { namespace, annotations = {} } = ingress.metadata;
  const backends = ingress.spec.rules.flatMap(({ http }) => http.paths).map(({ backend }) => backend.service);
  const issued = Object.keys(annotations).some((key) => /^cert-manager\.io\/(cluster-)?issuer$/.test(key));
  const certificates = issued ? [] : (ingress.spec.tls ?? []).filter(({ secretName }) => secretName === undefined || world.secretKeys(namespace, secretName) === undefined);
  return [
    ...backends.flatMap(({ name, port }) => {
      const service = world.find<ServiceSpec>('Service', namespace, name);
      if (!service) return [`no Service ${name}`];
      return service.spec.ports.some((candidate) => candidate.port === port.number || candidate.name === port.name) ? [] : [`no port ${port.name ?? port.number} on Service ${name}`];
    }),
    ...certificates.map(({ secretName }) => `nobody issues or brings the certificate ${secretName}`),
  ].map((what) => `${labelOf(ingress)}: ${what}`);
}

/** Addresses of Services in configuration files, such as `http://prometheus.monitoring:9090`. */
export function unresolvedInFiles(world: World): string[] {
  const namespaces = world.all('Namespace').map(({ metadata }) => metadata.name).join('|');
  const address = new RegExp(`(?<![-.\\w])([a-z][-a-z0-9]*)\\.(${namespaces})(?:\\.svc)?(?::(\\d+))?(?![-.\\w])`, 'g');
  return world.all('ConfigMap').flatMap((configMap) =>
    [...new Set(Object.values(configMap.data ?? {}).flatMap((text) => [...text.matchAll(address)].map(([found]) => found)))].flatMap((found) => {
      const [, host = '', namespace = '', port] = new RegExp(address.source).exec(found)!;
      const service = world.find<ServiceSpec>('Service', namespace, host);
      return service && (port === undefined || service.spec.ports.some((candidate) => candidate.port === Number(port))) ? [] : [`${labelOf(configMap)}: no Service with ${found}`];
    }),
  );
}
