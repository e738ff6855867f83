import * as z from 'zod';
import { boolean, integer, section, text, version } from '../../environment/schema';
import type { AwsStatement } from '../../pod/cloud-rights';
import { EKS_MACHINES } from '../../machines/eks';
import { backup, plannedBackup } from '../cluster/settings/backup';
import { commonShape } from '../cluster/settings/common';
import { reporterOf, type ShapeOf } from '../cluster/settings/read';
import { checkEks } from './checks';
import { MINOR_FORM, REGION_FORM } from './forms';
import { MACHINE_TYPE } from './machines';
import type { AccessEntrySettings, AddonIdentity, AddonSettings, EksEgressSettings, EksSettings } from './settings';
import { DEFAULT_VERSION } from './versions';

const LOGS = ['api-server', 'audit', 'authenticator', 'controller-manager', 'scheduler'] as const;
const POLICIES = ['cluster-admin', 'admin', 'admin-view', 'edit', 'view'] as const;

/** Days that CloudWatch can keep logs. */
const RETENTION = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

const PRINCIPAL = /^arn:aws(-cn|-us-gov)?:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/;

const principal = z.string().superRefine((value, context) => {
  if (PRINCIPAL.test(value)) return;
  const session = value.includes(':assumed-role/') ? ': of the role itself, not of a session' : '';
  context.addIssue({ code: 'custom', message: `the ARN of a role or user${session}, such as "arn:aws:iam::123456789012:role/platform"` });
});

const name = text('a name of at most 20 lower-case letters, digits and "-"', /^[a-z]([-a-z0-9]{0,18}[a-z0-9])?$/);
const label = text('a name of lower-case letters, digits and "-"', /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
const group = z.string().min(1).regex(/^(?!(system|eks|aws|amazon|iam):)/, 'a group that does not begin with "system:", "eks:", "aws:", "amazon:" or "iam:": EKS takes none of them');

const accessEntry = section({ principal, policy: z.enum(POLICIES).optional(), namespaces: z.array(label).min(1).optional(), groups: z.array(group).default([]) } satisfies ShapeOf<AccessEntrySettings>);

const statement = section({
  actions: z.array(z.string().min(1)).min(1),
  resources: z.array(z.string().min(1)).min(1),
  conditions: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())]))).optional(),
} satisfies ShapeOf<AwsStatement>);

const identity = section({ namespace: label.default('kube-system'), policies: z.array(z.string().startsWith('arn:')).default([]), statements: z.array(statement).default([]) } satisfies ShapeOf<AddonIdentity>);

const addon = section({
  version: text('a version such as "v1.20.4-eksbuild.2"', /^v\d+\.\d+\.\d+-eksbuild\.\d+$/).optional(),
  configuration: z.record(z.string(), z.unknown()).default({}),
  identities: z.record(label, identity).optional(),
} satisfies ShapeOf<AddonSettings>);

/** The most days that AWS Backup takes here. */
const BACKUP = { retainDays: 3650, lockDays: 3650 };

const plan = backup(BACKUP);

const shape = {
  ...commonShape({
    region: text('a region of AWS, such as "eu-central-2"', REGION_FORM),
    access: ['private', 'public'],
    machineType: text('a machine type such as "m7i.xlarge" or "c7g.2xlarge"', MACHINE_TYPE),
    machines: EKS_MACHINES,
    disks: ['gp3', 'gp2'],
    maxPodsPerNode: 250,
    backup: BACKUP,
  }),
  account: text('the 12 digits of the account, in quotes', /^\d{12}$/),
  // That there is none, the checks say.
  admins: z.record(name, principal).default({}),
  accessEntries: z.record(name, accessEntry).default({}),
  deployRole: principal.optional(),
  autoMode: boolean().default(true),
  autoscalerIdentity: boolean().default(false),
  builtInPools: z.array(z.enum(['general-purpose', 'system'])).optional(),
  nodeImage: z.enum(['bottlerocket', 'amazon-linux']).default('bottlerocket'),
  version: version().refine((value) => MINOR_FORM.test(value), 'a minor version such as "1.35": EKS takes care of the rest').default(DEFAULT_VERSION),
  controlPlaneTier: z.enum(['standard', 'tier-xl', 'tier-2xl', 'tier-4xl', 'tier-8xl']).default('standard'),
  zonalShift: boolean().default(true),
  logs: z.array(z.enum(LOGS)).default([...LOGS]),
  logRetentionDays: integer({ min: 1 }).refine((days) => RETENTION.includes(days), `one of the terms that CloudWatch has: ${RETENTION.join(', ')}`).default(365),
  flowLogTraffic: z.enum(['all', 'rejected']).default('all'),
  podsFrom: z.enum(['vpc', 'secondary']).default('vpc'),
  egress: section({ nat: z.enum(['per-zone', 'single', 'none']).optional(), endpoints: z.array(text('the name of a service, such as "ecr.api"', /^[a-z0-9][-a-z0-9.]*$/)).optional() } satisfies ShapeOf<EksEgressSettings>).prefault({}),
  addons: z.record(label, z.union([z.literal(false), addon])).default({}),
} satisfies ShapeOf<EksSettings>;

/** Schema of EksSettings: for the component, and for a section of an environment's file. */
export const eksSchema = section(shape).superRefine((settings, context) => checkEks(settings, reporterOf(context)));

/** EksSettings with all that was left out filled in. */
export type Eks = z.output<z.ZodObject<typeof shape>>;

/** An add-on with all that was left out filled in. */
export type Addon = z.output<typeof addon>;

/** What the backup plan says; undefined where there is none. */
export const backupOf = (settings: Pick<Eks, 'backup' | 'production'>): z.output<typeof plan> | undefined => plannedBackup(settings, plan);
