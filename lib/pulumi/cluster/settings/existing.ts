import * as z from 'zod';
import { boolean, section } from '../../../environment/schema';
import { cidr } from './addresses';
import type { ShapeOf } from './read';

/** What is said of a cluster that is there already. */
export interface ExistingSettings {
  /** Context of the kubeconfig. @default its current context, which the `kubeconfig` must then have */
  readonly context?: string;
  /** What tells it from every other cluster. @default the context */
  readonly identifier?: string;
  /** Whether it gives addresses to Ingresses and to Services of type LoadBalancer. @default true */
  readonly loadBalancer?: boolean;
  /** Whether pods may use what belongs to the node. @default true */
  readonly hostAccess?: boolean;
  /** Its storage classes. @default the one that the cluster calls its default */
  readonly storageClasses?: { readonly default?: string; readonly fast?: string; readonly shared?: string };
  /** Classes of Ingresses and Gateways that it has. @default none of the cluster's own */
  readonly ingress?: { readonly className?: string; readonly gatewayClassName?: string };
  /** Its ranges of addresses. @default nobody knows */
  readonly network?: { readonly nodes?: readonly string[]; readonly pods?: readonly string[]; readonly services?: readonly string[]; readonly controlPlane?: readonly string[] };
  /** Registry and folder of images that its nodes may pull from. @default none of its own */
  readonly registry?: string;
}

const name = z.string().min(1);
const ranges = z.array(cidr).default([]);

/** The keys of {@link ExistingSettings}. */
export const existingShape = {
  context: name.optional(),
  identifier: name.optional(),
  loadBalancer: boolean().default(true),
  hostAccess: boolean().default(true),
  storageClasses: section({ default: name.optional(), fast: name.optional(), shared: name.optional() }).default({}),
  ingress: section({ className: name.optional(), gatewayClassName: name.optional() }).default({}),
  network: section({ nodes: ranges, pods: ranges, services: ranges, controlPlane: ranges }).optional(),
  registry: name.optional(),
} satisfies ShapeOf<ExistingSettings>;
