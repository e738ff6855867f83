/** The objects of the shop from a file, registered and nothing else: no rendering, no checks, no order. */
import * as pulumi from '@pulumi/pulumi';
import { nameOf, objects } from './objects';
import { provider, timed } from './timed';

/** A resource of any type. */
class Registered extends pulumi.CustomResource {}

const tokenOf = (apiVersion: string, kind: string) => `kubernetes:${apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`}:${kind}`;

void timed(() => {
  const parent = new pulumi.ComponentResource('bench:index:Shop', 'shop', {}, { provider: provider() });
  for (const object of objects()) new Registered(tokenOf(object.apiVersion, object.kind), nameOf(object), object, { parent });
});
