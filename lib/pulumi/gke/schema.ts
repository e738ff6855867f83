import * as z from 'zod';
import { boolean, integer, number, section, text, version } from '../../environment/schema';
import { GKE_MACHINES } from '../../machines/gke';
import { backupShape, orNone, plannedBackup } from '../cluster/settings/backup';
import { commonShape } from '../cluster/settings/common';
import { reporterOf, type ShapeOf } from '../cluster/settings/read';
import { checkGke } from './checks';
import type { AutoProvisioningSettings, EgressSettings, GkeBackupSettings, GkeSettings } from './settings';

const LOGS = ['system', 'workloads', 'api-server', 'scheduler', 'controller-manager'] as const;
const METRICS = ['system', 'api-server', 'scheduler', 'controller-manager', 'storage', 'hpa', 'pod', 'daemonset', 'deployment', 'statefulset', 'kubelet', 'cadvisor'] as const;

/** `e2-standard-4`, `n4-highmem-8`, `c3-standard-22-lssd`, `e2-medium`, `n2-custom-4-8192-ext`. Whether the zone has it, the cloud knows. */
const MACHINE_TYPE = /^([a-z]\d[a-z]{0,2}-(standard|highcpu|highmem|megamem|ultramem|hypermem|highgpu|megagpu|ultragpu|edgegpu|maxgpu)-\d+[a-z]?(-lssd|-highlssd|-standardlssd|-metal)?|[a-z]\d[a-z]{0,2}-custom-\d+-\d+(-ext)?|e2-(micro|small|medium))$/;

const limits = (max: number) => section({ min: integer({ min: 0, max }).default(0), max: integer({ min: 1, max }) });

/** The most days that Backup for GKE takes. */
const BACKUP = { retainDays: 365, lockDays: 90 };

const backup = section({ ...backupShape(BACKUP), secrets: boolean().default(true), volumes: boolean().default(true) } satisfies ShapeOf<GkeBackupSettings>);

const shape = {
  ...commonShape({
    region: text('a region of Google Cloud, such as "europe-west6"', /^[a-z]+-[a-z]+\d+$/),
    access: ['dns', 'private', 'public'],
    machineType: text('a machine type such as "e2-standard-4", "n4-highmem-8" or "n2-custom-4-8192"', MACHINE_TYPE),
    machines: GKE_MACHINES,
    disks: ['pd-balanced', 'pd-ssd', 'pd-standard', 'hyperdisk-balanced'],
    maxPodsPerNode: 256,
    backup: BACKUP,
  }),
  project: text('the id of a project: 6 to 30 lower-case letters, digits and "-"', /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/),
  projectNumber: text('the number of the project, in quotes: `gcloud projects describe <id>` shows it', /^\d{6,19}$/).optional(),
  autopilot: boolean().default(false),
  channel: z.enum(['rapid', 'regular', 'stable']).optional(),
  version: version().refine((value) => /^1\.\d{2}(\.\d+(-gke\.\d+)?)?$/.test(value), 'a version such as "1.35" or "1.35.7-gke.1222000"').optional(),
  privateNodes: boolean().default(true),
  securityGroup: text('the group "gke-security-groups@<domain>": GKE takes no other name', /^gke-security-groups@[a-z0-9.-]+\.[a-z]{2,}$/).optional(),
  binaryAuthorization: boolean().default(true),
  logs: z.array(z.enum(LOGS)).default([...LOGS]),
  metrics: z.array(z.enum(METRICS)).optional(),
  managedPrometheus: boolean().optional(),
  flowLogShare: number({ min: 0.01, max: 1 }).default(0.5),
  autoProvisioning: section({ cpu: limits(100_000), memory: limits(1_000_000), maxNodes: integer({ min: 1, max: 15_000 }).optional(), optimizeUtilization: boolean().default(false) } satisfies ShapeOf<AutoProvisioningSettings>).optional(),
  backup: orNone(backup),
  egress: section({ staticAddresses: integer({ min: 0, max: 20 }).default(0), logs: z.enum(['errors', 'all', 'none']).default('errors') } satisfies ShapeOf<EgressSettings>).prefault({}),
  secretManager: boolean().default(true),
} satisfies ShapeOf<GkeSettings>;

/** Schema of GkeSettings: for the component, and for a section of an environment's file. */
export const gkeSchema = section(shape).superRefine((settings, context) => checkGke(settings, reporterOf(context)));

/** GkeSettings with all that was left out filled in. */
export type Gke = z.output<z.ZodObject<typeof shape>>;

/** What the backup plan says; undefined where there is none. */
export const backupOf = (settings: Pick<Gke, 'backup' | 'production'>): z.output<typeof backup> | undefined => plannedBackup(settings, backup);
