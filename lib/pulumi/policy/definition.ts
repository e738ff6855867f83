import type { PolicyConfigJSONSchema } from '@pulumi/policy/schema';
import type { CloudSubject } from './clouds/cloud-subject';
import type { Cluster, Place } from './cluster';
import type { PolicyLevel } from './options';
import type { Subject } from './subject';
import type { Path } from './unknowns';

/** What a policy judges: an object of a cluster, or a resource of a cloud. */
export interface Judged {
  /** What it is, as messages and exceptions name it. */
  readonly identity: string;
  /** Its name in the program; previews show it. */
  readonly logicalName: string;
  readonly urn: string;
  /** Whether everything at the path, and on the way there, is known. */
  knows(path: Path): boolean;
}

/** Something that breaks a policy. */
export interface Violation {
  readonly subject: Judged;
  /** Path of what is wrong or missing. */
  readonly path: Path;
  /** What stands there, as messages show it. */
  readonly got: string;
  /** What is allowed and how to put it right. */
  readonly mend: string;
  /** Whatever else it rests on: where some of it is unknown, so is whether anything is wrong. @default nothing */
  readonly restsOn?: readonly Place[];
}

/** A setting of a policy: what is allowed, and what holds without it. */
export interface Setting extends PolicyConfigJSONSchema {
  readonly default: string | number | boolean;
  readonly description: string;
}

/** Values of a policy's settings. */
export type Settings = Readonly<Record<string, unknown>>;

interface DefinitionBase {
  /** What must hold. */
  readonly promise: string;
  /** Why. */
  readonly reason: string;
  /** What holds where nobody says otherwise: mandatory only what is a mistake in every stack. */
  readonly level: Exclude<PolicyLevel, 'disabled'>;
  /** @default none */
  readonly settings?: Readonly<Record<string, Setting>>;
}

/** A policy that judges each object by itself. */
export interface ObjectPolicy extends DefinitionBase {
  readonly check: (subject: Subject, settings: Settings) => readonly Violation[];
}

/** A policy that judges objects by what they have to do with each other. */
export interface StackPolicy extends DefinitionBase {
  readonly checkAll: (cluster: Cluster, settings: Settings) => readonly Violation[];
}

/** A policy that judges each resource of a cloud by itself. */
export interface CloudPolicy extends DefinitionBase {
  readonly checkCloud: (subject: CloudSubject, settings: Settings) => readonly Violation[];
}

/** A policy. */
export type Definition = ObjectPolicy | StackPolicy | CloudPolicy;
