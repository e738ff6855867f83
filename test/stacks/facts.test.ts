/** Every fact of the real application survives in what is rendered for it. */
import type { JsonObject } from '../../lib';
import facts from './fixtures/online-boutique.json';
import { at, findObject, NAMES } from './rendered';

type Container = { role: string; name: string; image: string; ports?: number[]; env?: Record<string, string>; command?: string[]; volumeMounts?: JsonObject[]; resources?: { requests: JsonObject; limits: JsonObject }; readinessProbe?: JsonObject; livenessProbe?: JsonObject };
type Workload = { name: string; containers: Container[]; services?: { name: string; type: string; ports: JsonObject[] }[]; podSecurityContext: JsonObject; podAnnotations?: JsonObject; terminationGracePeriodSeconds?: number };

const workloads = facts.workloads as unknown as Workload[];
const cases = NAMES.flatMap((environment) => workloads.filter(({ name }) => !(name === 'loadgenerator' && environment === 'production')).map((workload) => [environment, workload.name, workload] as const));

const templateOf = (environment: string, name: string) => at<JsonObject>(findObject(environment, 'Deployment', name) ?? findObject(environment, 'StatefulSet', name), 'spec', 'template');

describe.each(cases)('in %s, %s keeps', (environment, name, workload) => {
  const template = templateOf(environment, name);
  const pod = at<JsonObject>(template, 'spec');
  const containers = workload.containers.map((fact) => [fact.name, fact, (at<JsonObject[]>(pod, fact.role === 'init' ? 'initContainers' : 'containers') ?? []).find((container) => container.name === fact.name)] as const);

  it.each(containers)('the container %s', (_, fact, container) => {
    expect(container).toBeDefined();
    expect(container!.image).toBe(fact.image === 'redis:alpine' ? 'redis:8.2.1-alpine' : fact.image);
    expect(at<JsonObject[] | undefined>(container, 'ports')?.map((port) => port.containerPort) ?? []).toEqual(fact.ports ?? []);
    expect(Object.fromEntries((at<{ name: string; value: string }[] | undefined>(container, 'env') ?? []).map((variable) => [variable.name, variable.value]))).toEqual(fact.env ?? {});
    expect(container!.command).toEqual(fact.command);
    expect(container!.resources).toMatchObject(fact.resources ?? {});
    expect(at(container, 'securityContext', 'readOnlyRootFilesystem')).toBe(true);
    for (const probe of ['readinessProbe', 'livenessProbe'] as const) expect(container![probe]).toEqual(fact[probe]);
    for (const mount of fact.volumeMounts ?? []) expect(container!.volumeMounts).toContainEqual(mount);
  });

  it('its users and groups, grace period and annotations', () => {
    expect(pod.securityContext).toMatchObject(workload.podSecurityContext);
    expect(pod.terminationGracePeriodSeconds).toBe(workload.terminationGracePeriodSeconds ?? 30);
    expect(at(template, 'metadata', 'annotations') ?? {}).toMatchObject(workload.podAnnotations ?? {});
  });

  it('its services, the public one replaced by the route', () => {
    for (const service of workload.services ?? []) {
      const object = findObject(environment, 'Service', service.name);
      if (service.name === 'frontend-external') expect(object).toBeUndefined();
      else expect(object).toMatchObject({ spec: { type: service.type, ports: service.ports } });
    }
  });
});

it('has all twelve workloads to keep', () => expect(workloads).toHaveLength(12));
