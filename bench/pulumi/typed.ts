/** The objects of the shop through the typed classes of `@pulumi/kubernetes`, as written by hand. */
import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { nameOf, objects } from './objects';
import { provider, timed } from './timed';

type Class = new (name: string, args: object, options: pulumi.CustomResourceOptions) => unknown;

/** `apps/v1`, `Deployment` to `kubernetes.apps.v1.Deployment`. */
function classOf(apiVersion: string, kind: string): Class {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  const modules = kubernetes as unknown as Record<string, Record<string, Record<string, Class>>>;
  return modules[group!.split('.')[0]!]![version!]![kind]!;
}

void timed(() => {
  const parent = new pulumi.ComponentResource('bench:index:Shop', 'shop', {}, { provider: provider() });
  for (const { apiVersion, kind, ...rest } of objects()) {
    const Kind = classOf(apiVersion, kind);
    new Kind(nameOf({ apiVersion, kind, ...rest }), rest, { parent });
  }
});
