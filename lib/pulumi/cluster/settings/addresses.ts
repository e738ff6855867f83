import * as z from 'zod';
import { integer, section } from '../../../environment/schema';
import type { ShapeOf } from './read';

/** Ranges of addresses; those that are left out are planned. */
export interface AddressSettings {
  /** The range that all others are cut from. @default '10.0.0.0/14' */
  readonly range?: string;
  /** Range of the nodes; on EKS, of the VPC. @default planned from the pools' most nodes, with those of an upgrade; on EKS as much as AWS takes */
  readonly nodes?: string;
  /** Range of the pods. @default half of `range`, which must hold the most nodes with the pods on each; on EKS the nodes' own */
  readonly pods?: string;
  /** Range of the Services. @default planned from `maxServices` */
  readonly services?: string;
  /** Range of the control plane, where it has one. @default planned: a /28 on GKE */
  readonly controlPlane?: string;
  /** Services that the cluster may have. @default 4096 */
  readonly maxServices?: number;
  /** Pods that fit on a node, in pools that say nothing else. @default 64 on GKE, what the machine has on EKS */
  readonly maxPodsPerNode?: number;
  /** Nodes that the ranges leave room for besides those of the pools: of pools to come, or that the cluster makes itself. @default those that the cluster makes itself */
  readonly spareNodes?: number;
  /** Ranges that are reachable from the cluster and so taken, by name: `{ office: '192.168.0.0/16' }`. @default none */
  readonly taken?: Readonly<Record<string, string>>;
}

/** A range of IPv4 addresses: `10.0.0.0/16`. */
export const cidr = z.cidrv4();

/** Schema of {@link AddressSettings}. */
export const addresses = section({
  range: cidr.default('10.0.0.0/14'),
  nodes: cidr.optional(),
  pods: cidr.optional(),
  services: cidr.optional(),
  controlPlane: cidr.optional(),
  maxServices: integer({ min: 16, max: 65_536 }).default(4096),
  maxPodsPerNode: integer({ min: 8, max: 256 }).optional(),
  spareNodes: integer({ min: 0, max: 15_000 }).optional(),
  taken: z.record(z.string(), cidr).default({}),
} satisfies ShapeOf<AddressSettings>).prefault({});

/** {@link AddressSettings} with all that was left out filled in, but the ranges. */
export type Addresses = z.output<typeof addresses>;
