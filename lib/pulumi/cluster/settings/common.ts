import * as z from 'zod';
import { checkDnsSubdomain, checkHost } from '../../../core/names';
import { boolean, integer, section } from '../../../environment/schema';
import { rangeAround } from '../address-plan/range';
import { addresses, cidr, type AddressSettings } from './addresses';
import { backup, orNone, type BackupForms, type BackupSettings } from './backup';
import { exceptions, type Exceptions } from './exceptions';
import { costLabels } from './labels';
import { checkMaintenance, maintenance, type MaintenanceSettings } from './maintenance';
import { checkNodePools, nodePool, type NodePoolForms, type NodePoolSettings } from './node-pools';
import type { Reporter, ShapeOf } from './read';

/** How the API server is reached. */
export interface ControlPlaneSettings<Access extends string = string> {
  /** From where. @default the most closed one by which the cloud lets a deployment in */
  readonly access?: Access;
  /** Ranges that may reach it, by name: `{ office: '203.0.113.0/24' }`. @default none but the cluster's own nodes */
  readonly authorizedNetworks?: Readonly<Record<string, string>>;
}

/** Who holds the keys of disks and secrets. */
export interface EncryptionSettings {
  /** `customer`: keys of the account, made and rotated here; `provider`: those of the cloud. @default 'customer' */
  readonly keys?: 'customer' | 'provider';
  /** Days after which a key is rotated. @default 90 */
  readonly rotationDays?: number;
  /** A key of the account that is there already, by its full name or ARN. @default one of its own */
  readonly key?: string;
}

/** Hosts that the environment is reached under, with a DNS zone and a certificate. */
export interface HostsSettings {
  /** Domain of the DNS zone: `shop.example.com`. */
  readonly domain: string;
  /** Name or id of a zone that is there already. @default one is made; its name servers go to the registrar of the domain */
  readonly zone?: string;
  /** Hosts in that domain: `['shop.example.com', '*.shop.example.com']`. @default the domain itself */
  readonly names?: readonly string[];
}

/** Where images come from. */
export interface RegistrySettings {
  /** Whether a registry is made. @default true */
  readonly create?: boolean;
  /** Other registries of the account that nodes pull from, as the cloud names them. @default none */
  readonly pullFrom?: readonly string[];
}

/** What every cluster that we make can be told. */
export interface CommonSettings<Access extends string = string> {
  /** Region: `europe-west6`, `eu-central-2`. */
  readonly region: string;
  /** Zones of the nodes. @default three of the region */
  readonly zones?: readonly string[];
  /** Whether to hold to what production needs; what weakens it is then refused, unless `exceptions` names it. @default true */
  readonly production?: boolean;
  /** What production may do without, each with its reason: `{ 'single-zone': 'a replay of last year, thrown away on Friday' }`. @default none */
  readonly exceptions?: Exceptions;
  /** Whether the cluster is refused to be deleted until this is false. @default that of `production` */
  readonly deletionProtection?: boolean;
  /** How the API server is reached. @default see its props */
  readonly controlPlane?: ControlPlaneSettings<Access>;
  /** Ranges of addresses. @default planned */
  readonly addresses?: AddressSettings;
  /** Pools of nodes, by name. @default none: the cloud makes the nodes that pods need */
  readonly nodePools?: Readonly<Record<string, NodePoolSettings>>;
  /** When upgrades happen. @default Tuesday to Thursday, 01:00 to 05:00 UTC */
  readonly maintenance?: MaintenanceSettings;
  /** What happens when standard support of its version ends: `standard` upgrades it, `extended` keeps it for longer, for a fee. @default 'standard' */
  readonly support?: 'standard' | 'extended';
  /** Who holds the keys. @default keys of the account, rotated every 90 days */
  readonly encryption?: EncryptionSettings;
  /** Backups; `false` for none. @default every night, kept for 30 days, in production; else none */
  readonly backup?: BackupSettings | false;
  /** Whether volumes that several nodes write to are offered (Filestore, EFS). @default false */
  readonly sharedVolumes?: boolean;
  /** Whether it is logged who talks to whom in the network. @default true */
  readonly flowLogs?: boolean;
  /** Hosts with a DNS zone and a certificate. @default none */
  readonly hosts?: HostsSettings;
  /** Where images come from. @default a registry is made */
  readonly registry?: RegistrySettings;
  /** Labels (tags) of everything that is made, by which its cost is told apart. @default the cluster's name */
  readonly labels?: Readonly<Record<string, string>>;
}

/** What a cloud calls things. */
export interface CloudForms<Access extends string> extends NodePoolForms {
  /** Its regions. */
  readonly region: z.ZodType<string, string>;
  /** How the API server is reached, the default first. */
  readonly access: readonly [Access, ...Access[]];
  /** How long backups are kept at most. */
  readonly backup: BackupForms;
}

const host = z.string().refine((value) => checkHost(value) === undefined, 'a host name such as "shop.example.com" or "*.shop.example.com"');
const domain = z.string().refine((value) => value.includes('.') && checkDnsSubdomain(value) === undefined, 'a domain such as "shop.example.com"');
const networkName = z.string().regex(/^[A-Za-z0-9][-A-Za-z0-9_ ]{0,62}$/, 'a name of letters, digits, "-", "_" and spaces');

/** The keys of {@link CommonSettings}, for a schema of one cloud: `section({ ...commonShape(forms), project })`. */
export function commonShape<Access extends string>(forms: CloudForms<Access>) {
  return {
    region: forms.region,
    zones: z.array(z.string()).min(1).optional(),
    production: boolean().default(true),
    exceptions,
    deletionProtection: boolean().optional(),
    controlPlane: section({
      access: z.enum(forms.access as unknown as [Access, ...Access[]]).default(forms.access[0] as never),
      authorizedNetworks: z.record(networkName, cidr).default({}),
    } satisfies ShapeOf<ControlPlaneSettings>).prefault({}),
    addresses,
    nodePools: z.record(z.string().regex(/^[a-z]([-a-z0-9]{0,18}[a-z0-9])?$/, 'a name of at most 20 lower-case letters, digits and "-"'), nodePool(forms)).default({}),
    maintenance,
    encryption: section({ keys: z.enum(['customer', 'provider']).default('customer'), rotationDays: integer({ min: 1, max: 365 }).default(90), key: z.string().min(1).optional() } satisfies ShapeOf<EncryptionSettings>).prefault({}),
    support: z.enum(['standard', 'extended']).default('standard'),
    backup: orNone(backup(forms.backup)),
    sharedVolumes: boolean().default(false),
    flowLogs: boolean().default(true),
    hosts: section({ domain, zone: z.string().min(1).optional(), names: z.array(host).min(1).optional() } satisfies ShapeOf<HostsSettings>).optional(),
    registry: section({ create: boolean().default(true), pullFrom: z.array(z.string().min(1)).default([]) } satisfies ShapeOf<RegistrySettings>).prefault({}),
    labels: costLabels,
  } satisfies ShapeOf<CommonSettings>;
}

/** {@link CommonSettings} with all that was left out filled in. */
export type Common<Access extends string = string> = z.output<z.ZodObject<ReturnType<typeof commonShape<Access>>>>;

/** Whether the cluster is protected from deletion. */
export const isProtected = ({ deletionProtection, production }: Common): boolean => deletionProtection ?? production;

/**
 * Reports what the schema can't see, of what both clouds share.
 * @param zonePrefix - what the names of a region's zones begin with: `europe-west6-`
 */
export function checkCommon(settings: Common, zonePrefix: string, reporter: Reporter): void {
  checkZones(settings, zonePrefix, reporter);
  checkNodePools(settings.nodePools, settings.zones, reporter);
  checkMaintenance(settings.maintenance, reporter);
  checkHosts(settings, reporter);
  checkNetworks(settings, reporter);
  checkProduction(settings, reporter);
  const { encryption: { keys, key }, backup: plan } = settings;
  if (plan && plan.lockDays > plan.retainDays) reporter.add(['backup', 'lockDays'], plan.lockDays, `at most retainDays, which is ${plan.retainDays}`);
  if (keys === 'provider' && key !== undefined) reporter.add(['encryption', 'key'], key, "nothing, as the provider's keys are asked for; or keys: 'customer'");
}

function checkZones({ region, zones, nodePools }: Common, prefix: string, reporter: Reporter): void {
  // Zones of a pool are looked up among those of the cluster, where it names any.
  const lists = zones ? [[['zones'], zones] as const] : Object.entries(nodePools).map(([pool, { zones: own = [] }]) => [['nodePools', pool, 'zones'], own] as const);
  for (const [path, list] of lists) {
    list.forEach((zone, index) => {
      const letter = zone.startsWith(prefix) ? zone.slice(prefix.length) : '';
      if (!/^[a-z]$/.test(letter)) reporter.add([...path, index], zone, `a zone of the region ${region}, such as "${prefix}a"`);
      if (list.indexOf(zone) !== index) reporter.add([...path, index], zone, 'each zone once');
    });
  }
}

function checkHosts({ hosts }: Common, reporter: Reporter): void {
  for (const [index, name] of (hosts?.names ?? []).entries()) {
    if (name !== hosts!.domain && !name.endsWith(`.${hosts!.domain}`)) reporter.add(['hosts', 'names', index], name, `a host in the domain ${hosts!.domain}`);
  }
}

/** Both clouds take a range by its first address only. */
function checkNetworks({ controlPlane: { authorizedNetworks } }: Common, reporter: Reporter): void {
  for (const [name, range] of Object.entries(authorizedNetworks)) {
    const whole = rangeAround(range);
    if (whole !== undefined && whole !== range) reporter.add(['controlPlane', 'authorizedNetworks', name], range, `the range that this address lies in: ${whole}`);
  }
}

/** Reports what weakens production and is not named among the exceptions. */
function checkProduction(settings: Common, reporter: Reporter): void {
  const { zones, deletionProtection, encryption, controlPlane, backup: plan, flowLogs } = settings;
  if (zones?.length === 1) requireException(settings, 'single-zone', ['zones'], zones[0], 'at least two zones', reporter);
  if (deletionProtection === false) requireException(settings, 'unprotected', ['deletionProtection'], false, 'true', reporter);
  if (encryption.keys === 'provider') requireException(settings, 'provider-keys', ['encryption', 'keys'], 'provider', '"customer"', reporter);
  if (controlPlane.access === 'public') requireException(settings, 'public-control-plane', ['controlPlane', 'access'], 'public', 'a private way', reporter);
  if (plan === false) requireException(settings, 'no-backup', ['backup'], false, 'a backup plan', reporter);
  if (!flowLogs) requireException(settings, 'no-flow-logs', ['flowLogs'], false, 'true', reporter);
}

/** Reports what production must not have, unless it is named among the exceptions. */
export function requireException({ production, exceptions: named }: Pick<Common, 'production' | 'exceptions'>, name: keyof Exceptions, path: readonly (string | number)[], got: unknown, allowed: string, reporter: Reporter): void {
  if (production && named[name] === undefined) reporter.add(path, got, `${allowed} in production; or the reason why not, in exceptions["${name}"]`);
}
