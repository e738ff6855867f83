import { unknownCheckingProxy, type PolicyResource, type ResourceValidationArgs, type ResourceValidationPolicy, type StackValidationArgs, type StackValidationPolicy } from '@pulumi/policy';
import type { JsonObject } from '../../../lib';
import { policies, type PolicyName, type PolicyOptions } from '../../../lib/pulumi/policy';
import { typeToken } from '../../../lib/pulumi/api-versions';

/** What the engine puts in the place of a text that a preview does not know. */
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** A resource as a test gives it. */
export interface Given {
  readonly type: string;
  readonly name: string;
  readonly props: JsonObject;
  readonly provider?: JsonObject;
  /** What the provider answered; the inputs if not given. */
  readonly outputs?: JsonObject;
  /** Whether the program registers it, and does not only read it. */
  readonly read?: boolean;
}

/** A Kubernetes object as a resource. */
export function resource(object: JsonObject, more: Partial<Given> = {}): Given {
  const { name, namespace } = (object.metadata ?? {}) as { name?: string; namespace?: string };
  const parts = [String(object.kind), namespace, name].filter((part) => part !== undefined && part !== UNKNOWN);
  return { type: typeToken(String(object.apiVersion), String(object.kind)), name: parts.join('/'), props: object, ...more };
}

type Both = ResourceValidationPolicy & StackValidationPolicy;

/** What the policies say of a stack, as the engine asks them: each object first, then all together. By policy: `name: message`. */
export async function judge(given: readonly Given[], options: PolicyOptions = {}, config: Partial<Record<PolicyName, object>> = {}): Promise<string[]> {
  const found: string[] = [];
  const all = policies(options).filter(({ enforcementLevel }) => enforcementLevel !== 'disabled') as Both[];
  const resources = given.map(asResource);
  for (const policy of all) {
    const report = (message: string) => found.push(`${policy.name}: ${message}`);
    const getConfig = () => config[policy.name as PolicyName] ?? {};
    for (const [index, { read }] of given.entries()) {
      const inputs = unknownCheckingProxy(given[index]!.props);
      if (!read) await [policy.validateResource].flat()[0]?.({ ...resources[index]!, props: inputs, getConfig } as unknown as ResourceValidationArgs, report);
    }
    await policy.validateStack?.({ resources, getConfig } as unknown as StackValidationArgs, report);
  }
  return found;
}

function asResource({ type, name, props, provider, outputs = props }: Given): PolicyResource {
  return { type, name, urn: `urn:pulumi:test::project::${type}::${name}`, props: unknownCheckingProxy(outputs), ...(provider ? { provider: { type: 'pulumi:providers:kubernetes', name: 'cluster', urn: 'urn', props: provider } } : {}) } as unknown as PolicyResource;
}
