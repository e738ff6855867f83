import { Construct } from 'constructs';
import { Application } from '../core/application';
import { compact } from '../core/json';
import type { Manifest } from '../core/manifest';
import type { ApplicationInfo, IApplication } from '../core/registry';
import { readNetwork } from '../network/network-policy';
import { versionLabel } from './deployment';
import { JOB_KEYS, makeJob, type JobProps } from './job';

/** Props of a {@link ReleaseTask}. */
export interface ReleaseTaskProps extends JobProps {
  /** How long the task may take in all before the release counts as failed. @default 15 minutes */
  readonly deadline?: JobProps['deadline'];
  /**
   * Anything that must make the task run again although nothing else changed: a build number, a checksum of the migrations.
   * Rendered as the pod annotation `fairlead.dev/rerun`.
   * @default none: it runs when its image, command, environment or any other part of it changed
   */
  readonly rerun?: string;
}

const KEYS: Record<keyof ReleaseTaskProps, true> = { ...JOB_KEYS, rerun: true };
const DEADLINE = 900;
/** The Job's name is the task's, a dash and ten digits, and must fit a label. */
const NAME_LIMIT = 52;

/**
 * A task that runs once at a deployment, before the workloads that name it in `after` take their new version: a migration.
 * Makes a Job whose name ends in a hash of its content: it runs again when it changed, and never collides with the one before.
 * The Job stays until the next one has taken over its part; it has no time-to-live, for a Job that is gone would run again.
 */
export class ReleaseTask extends Construct implements IApplication {
  public readonly application: ApplicationInfo;
  public readonly job: Manifest;
  /** The task's own service account; undefined where an existing one was given. */
  public readonly serviceAccount: Manifest | undefined;
  public readonly role: Manifest | undefined;
  public readonly roleBinding: Manifest | undefined;
  /** The ConfigMap of the `config` prop. */
  public readonly config: Manifest | undefined;
  /** The ConfigMap of the `files` prop. */
  public readonly files: Manifest | undefined;
  /** The PersistentVolumeClaims of volumes made by `Volume.claim`. */
  public readonly claims: readonly Manifest[];
  public readonly networkPolicy: Manifest | undefined;

  public constructor(scope: Construct, id: string, props: ReleaseTaskProps) {
    super(scope, id);
    const application = new Application(this, props, { type: 'ReleaseTask', component: 'release', keys: KEYS, nameLimit: NAME_LIMIT });
    const rerun: Record<string, string> = props.rerun === undefined ? {} : { 'fairlead.dev/rerun': String(props.rerun) };
    const { spec, pod, claims } = makeJob(application, { ...props, podAnnotations: { ...rerun, ...props.podAnnotations } }, DEADLINE);
    this.job = application.manifest('job', { apiVersion: 'batch/v1', kind: 'Job', metadata: compact({ labels: versionLabel(props.image) }) ?? {}, spec }, { hashedName: true });
    this.application = application.register({ ports: [], metrics: undefined, hosts: [] });
    this.networkPolicy = readNetwork(application, props, { info: this.application, callsApiServer: pod.serviceAccount.mountsToken, hasIdentity: props.identity !== undefined });
    this.serviceAccount = pod.serviceAccount.object;
    this.role = pod.serviceAccount.role;
    this.roleBinding = pod.serviceAccount.roleBinding;
    this.config = pod.main.config;
    this.files = pod.main.files;
    this.claims = claims;
  }
}
