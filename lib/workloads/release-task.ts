import type { Construct } from 'constructs';
import { Application } from '../core/application';
import type { DurationInput } from '../core/duration';
import type { Manifest } from '../core/manifest';
import type { ApplicationInfo } from '../core/registry';
import { asObject } from '../core/shape';
import { announce } from './announce';
import { JOB_KEYS, makeJob, type JobProps } from './job';
import { versionLabel } from './serving';
import { Workload } from './workload';

/** Props of a {@link ReleaseTask}. */
export interface ReleaseTaskProps extends JobProps {
  /** How long the task may take in all before the release counts as failed. @default 15 minutes */
  readonly deadline?: DurationInput;
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
export class ReleaseTask extends Workload {
  public readonly application: ApplicationInfo;
  /** The Job. */
  public readonly job: Manifest;

  public constructor(scope: Construct, id: string, props: ReleaseTaskProps) {
    super(scope, id);
    const application = new Application(this, props, { type: 'ReleaseTask', component: 'release', keys: KEYS, nameLimit: NAME_LIMIT });
    const { spec, pod } = makeJob(application, withRerun(application, props), DEADLINE);
    this.job = application.manifest('job', { apiVersion: 'batch/v1', kind: 'Job', metadata: { labels: versionLabel(props.image) }, spec }, { hashedName: true });
    this.application = announce(application, props, pod);
  }
}

function withRerun({ problems }: Application, props: ReleaseTaskProps): ReleaseTaskProps {
  const { rerun, podAnnotations } = props;
  if (rerun === undefined) return props;
  problems.check('rerun', rerun, () => undefined);
  return { ...props, podAnnotations: { ...asObject(problems, 'podAnnotations', podAnnotations), 'fairlead.dev/rerun': String(rerun) } };
}
