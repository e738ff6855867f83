/** What docs/monitoring.md says of costs is what is rendered. */
import type { JsonObject } from '../../lib';
import { parseQuantity } from '../../lib/core/quantity';
import { podTemplateOf } from '../../lib/core/pod-template';
import { at, NAMES, objectsOf } from '../stacks/rendered';
import { readPage } from './markdown';

interface Container {
  readonly restartPolicy?: string;
  readonly resources: { readonly requests: Readonly<Record<string, string>> };
}

const MIB = 1024 * 1024;
const amount = (text: string) => Number(parseQuantity(text)) / 1e9;

/** What an object of the monitoring asks for: of pods that run, those of an init container but where it runs beside them. */
function asks(object: JsonObject): { readonly count: number; readonly cpu: number; readonly memory: number; readonly volumes: number } {
  const count = at<number | undefined>(object, 'spec', 'replicas') ?? 1;
  const { containers = [], initContainers = [] } = podTemplateOf(object)!.spec as unknown as { containers?: Container[]; initContainers?: Container[] };
  const all = [...containers, ...initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always')];
  const sum = (resource: string) => count * all.reduce((total, { resources }) => total + amount(resources.requests[resource]!), 0);
  const claims = at<JsonObject[] | undefined>(object, 'spec', 'volumeClaimTemplates') ?? [];
  return { count, cpu: sum('cpu'), memory: sum('memory') / MIB, volumes: count * claims.reduce((total, claim) => total + amount(at<string>(claim, 'spec', 'resources', 'requests', 'storage')), 0) / MIB / 1024 };
}

function row(name: string): string {
  const monitoring = objectsOf(name).filter((object) => /-monitoring(-nodes)?$/.test(at(object, 'metadata', 'namespace') ?? '') && podTemplateOf(object));
  const total = (kinds: readonly string[]) => monitoring.filter(({ kind }) => kinds.includes(String(kind))).map(asks).reduce((sum, one) => ({ count: sum.count + one.count, cpu: sum.cpu + one.cpu, memory: sum.memory + one.memory, volumes: sum.volumes + one.volumes }));
  const [own, agents] = [total(['Deployment', 'StatefulSet']), total(['DaemonSet'])];
  const asked = ({ cpu, memory }: { readonly cpu: number; readonly memory: number }) => `${Math.round(cpu * 1000)}m, ${Math.round(memory)}Mi`;
  return `| ${name} | ${own.count} | ${asked(own)} | ${asked(agents)} | ${own.volumes === 0 ? 'none' : `${own.volumes}Gi`} |`;
}

it.each(NAMES)('the table of docs/monitoring.md tells what %s asks for', (name) => {
  expect(readPage('docs/monitoring.md').split('\n')).toContain(row(name));
});
