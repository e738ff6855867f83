import * as z from 'zod';
import { integer, section, text } from '../../../environment/schema';
import type { ShapeOf } from './read';

/** When a cluster is backed up, and how long that is kept. */
export interface BackupSettings {
  /** When, as cron in UTC. @default '0 3 * * *' */
  readonly schedule?: string;
  /** Days that a backup is kept. @default 30 */
  readonly retainDays?: number;
  /** Days in which nobody can delete a backup: on EKS, for which the vault takes none that would be deleted sooner. @default 7 */
  readonly lockDays?: number;
}

/** The most days that a cloud takes. */
export interface BackupForms {
  /** Of a backup that is kept. */
  readonly retainDays: number;
  /** Of one that nobody can delete. */
  readonly lockDays: number;
}

/** A cron schedule of five fields. */
export const CRON_FORM = /^(\S+ ){4}\S+$/;

/** The keys of {@link BackupSettings}. */
export const backupShape = ({ retainDays, lockDays }: BackupForms) => ({
  schedule: text('a cron schedule of five fields, such as "0 3 * * *"', CRON_FORM).default('0 3 * * *'),
  retainDays: integer({ min: 1, max: retainDays }).default(30),
  lockDays: integer({ min: 0, max: lockDays }).default(7),
} satisfies ShapeOf<BackupSettings>);

/** A section, or `false`: for a key that is left out, too. */
export const orNone = <T extends z.ZodType>(schema: T) => z.union([z.literal(false), schema]).optional();

/** Schema of {@link BackupSettings}. */
export const backup = (forms: BackupForms) => section(backupShape(forms));

/** What the backup plan says; undefined where there is none. Production has one unless it is said otherwise. */
export function plannedBackup<T>({ backup: given, production }: { readonly backup?: T | false | undefined; readonly production: boolean }, schema: z.ZodType<T>): T | undefined {
  if (given === false) return undefined;
  return given ?? (production ? schema.parse({}) : undefined);
}
