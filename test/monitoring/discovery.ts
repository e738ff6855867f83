/** What Prometheus' service discovery and relabeling make of rendered objects: enough of both to see which pods a job finds. */
import type { JsonObject } from '../../lib';
import { podTemplateOf } from '../../lib/core/pod-template';
import type { RelabelConfig, ScrapeConfig } from '../../lib/monitoring';

type Labels = Readonly<Record<string, string>>;
interface Container {
  readonly name: string;
  readonly ports?: readonly { readonly containerPort: number }[];
}

const sanitized = (key: string) => key.replace(/[^a-zA-Z0-9_]/g, '_');

/** One pod of each workload, as the role `pod` gives it: a target a port, or a container without ports. */
export function podTargets(manifests: readonly JsonObject[], namespaces?: readonly string[]): Labels[] {
  return manifests.flatMap((manifest, index) => {
    const template = podTemplateOf(manifest);
    const { namespace = '', name } = manifest.metadata as { namespace?: string; name: string };
    if (!template || namespaces?.includes(namespace) === false) return [];
    const ip = `10.0.0.${index}`;
    const pod = {
      __meta_kubernetes_namespace: namespace, __meta_kubernetes_pod_name: `${name}-0`, __meta_kubernetes_pod_ip: ip, __meta_kubernetes_pod_phase: 'Running', __meta_kubernetes_pod_node_name: 'node-0',
      ...Object.fromEntries(Object.entries((template.metadata.labels ?? {}) as Labels).flatMap(([key, value]) => [[`__meta_kubernetes_pod_label_${sanitized(key)}`, value], [`__meta_kubernetes_pod_labelpresent_${sanitized(key)}`, 'true']])),
    };
    const containers = ['containers', 'initContainers'].flatMap((list) => (template.spec[list] ?? []) as Container[]);
    return containers.flatMap((container): Labels[] => {
      const own = { ...pod, __meta_kubernetes_pod_container_name: container.name };
      const ports = (container.ports ?? []).map(({ containerPort }) => ({ ...own, __address__: `${ip}:${containerPort}`, __meta_kubernetes_pod_container_port_number: String(containerPort) }));
      return ports.length > 0 ? ports : [{ ...own, __address__: ip }];
    });
  });
}

/** A target after relabeling; undefined where it is dropped. */
export function relabel(labels: Labels, steps: readonly RelabelConfig[] = []): Labels | undefined {
  let current: Record<string, string> = { ...labels };
  for (const { source_labels = [], regex = '(.*)', action = 'replace', target_label = '', replacement = '$1' } of steps) {
    const joined = source_labels.map((label) => current[label] ?? '').join(';');
    const match = new RegExp(`^(?:${regex})$`, 's').exec(joined);
    if ((action === 'keep' && !match) || (action === 'drop' && match)) return undefined;
    if (action === 'labeldrop') current = Object.fromEntries(Object.entries(current).filter(([label]) => !new RegExp(`^(?:${regex})$`).test(label)));
    // Of one shard, every target falls to the first.
    if ((action as string) === 'hashmod') current[target_label] = '0';
    if (action !== 'replace' || !match) continue;
    const value = replacement.replace(/\$\$|\$\{?(\d)\}?/g, (_, group?: string) => (group === undefined ? '$' : (match[Number(group)] ?? '')));
    if (value === '') delete current[target_label];
    else current[target_label] = value;
  }
  return current;
}

/** The targets of a job, each once, with the labels that its series get. */
export function targetsOf(job: ScrapeConfig, manifests: readonly JsonObject[]): Labels[] {
  const found = (job.kubernetes_sd_configs ?? []).filter(({ role }) => role === 'pod').flatMap(({ namespaces }) => podTargets(manifests, namespaces?.names));
  const fixed = (job.static_configs ?? []).flatMap(({ targets, labels }) => targets.map((target) => ({ ...labels, __address__: target })));
  const kept = [...found, ...fixed].map((target) => relabel(target, job.relabel_configs)).filter((target) => target !== undefined);
  const visible = kept.map((labels) => Object.fromEntries(Object.entries({ instance: labels.__address__!, job: job.job_name, ...labels }).filter(([label]) => !label.startsWith('__') || label === '__address__' || label.startsWith('__param_'))));
  return [...new Map(visible.map((labels) => [JSON.stringify(Object.entries(labels).sort()), labels])).values()];
}
