import { ApiObject, App as Cdk8sApp, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { decide } from '../core/explain';
import type { JsonObject } from '../core/json';
import { at, objectAt } from '../core/paths';
import { Problems } from '../core/problems';
import { asList } from '../core/shape';
import { didYouMean, sentenceList } from '../core/suggest';
import { WEEKDAYS, type Weekday } from '../core/weekdays';
import type { ImageInput } from '../pod/image';
import { CronTask } from '../workloads/cron-task';
import { END, minutesOf, scheduleOf, START, WORKING_DAYS, type WorkingHours } from './working-hours';

/** Props of a {@link NightSchedule}. */
export interface NightScheduleProps extends WorkingHours {
  /** Names of workloads that stay awake. @default none */
  readonly keep?: readonly string[];
  /** An image with `kubectl`, for those that the nodes can't pull from registry.k8s.io. @default that of Kubernetes, in the version of the app */
  readonly image?: ImageInput;
}

const KEYS: Record<keyof NightScheduleProps, true> = { days: true, start: true, end: true, timeZone: true, keep: true, image: true };
const USER = 65534;
const RESOURCES = { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '128Mi' } };
const KINDS: Readonly<Record<string, string>> = { Deployment: 'deployments', StatefulSet: 'statefulsets' };

/** A workload that is put to sleep. */
interface Sleeper {
  readonly kind: string;
  readonly name: string;
  /** How many pods it wakes with: its number, or the fewest of its autoscaler. */
  readonly pods: number;
  /** Whether volumes are deleted with its pods. */
  readonly losesVolumes: boolean;
}

/**
 * Puts the workloads of the chart's namespace to sleep outside working hours, and wakes them: two CronTasks that set the
 * number of pods of what stands in the app when this is made, and may do nothing else. Autoscalers rest while there are no
 * pods; what KEDA scales is left to it. Make it last.
 */
export class NightSchedule extends Construct {
  /** Puts the workloads to sleep. */
  public readonly sleep: CronTask | undefined;
  /** Wakes them. */
  public readonly wake: CronTask | undefined;
  /** Names of the workloads that sleep at night. */
  public readonly workloads: readonly string[];
  private readonly problems: Problems;

  public constructor(scope: Construct, id: string, props: NightScheduleProps = {}) {
    super(scope, id);
    this.problems = new Problems(this);
    this.problems.unknownKeys('', props, Object.keys(KEYS));
    const { days, start, end } = this.readHours(props);
    const sleepers = this.readSleepers(props);
    this.workloads = sleepers.map(({ name }) => name);
    const seen = new Set(workloadsOf(this));
    this.node.addValidation({ validate: () => this.madeLater(props, seen) });
    if (this.problems.messages.length > 0) return;
    this.sleep = this.task('sleep', 'Puts the environment to sleep', scheduleOf(end, days), props, sleepers, () => 0);
    this.wake = this.task('wake', 'Wakes the environment', scheduleOf(start, days), props, sleepers, ({ pods }) => pods);
  }

  private readHours(props: NightScheduleProps): { days: readonly Weekday[]; start: string; end: string } {
    const { problems } = this;
    const days = props.days === undefined ? decide(this, 'days', WORKING_DAYS, 'people work then') : asList(problems, 'days', props.days);
    const start = props.start ?? decide(this, 'start', START, 'before people come');
    const end = props.end ?? decide(this, 'end', END, 'when people have gone');
    if (days.length === 0) problems.add('days', days, 'at least one day is required; to leave it asleep, destroy it');
    days.forEach((day, index) => {
      if (!(WEEKDAYS as readonly unknown[]).includes(day)) problems.add(`days[${index}]`, day, `${sentenceList(WEEKDAYS)} are allowed${didYouMean(String(day), WEEKDAYS)}`);
    });
    for (const [prop, time] of Object.entries({ start, end })) problems.check(prop, time, (text) => (minutesOf(text) === undefined ? 'a time of day is allowed, such as "07:00"' : undefined));
    const [from, until] = [start, end].map((time) => minutesOf(String(time)));
    if (from !== undefined && until !== undefined && from >= until) problems.add('end', end, `a time after the start (${start}) is required: it wakes and sleeps on the same day`);
    return { days: days as readonly Weekday[], start: String(start), end: String(end) };
  }

  private readSleepers({ keep }: NightScheduleProps): Sleeper[] {
    const { problems } = this;
    const kept = asList(problems, 'keep', keep);
    const found = findSleepers(this);
    const names = found.map(({ name }) => name);
    kept.forEach((name, index) => {
      if (!names.includes(name)) problems.add(`keep[${index}]`, name, `no workload that could sleep has that name${didYouMean(String(name), names)}; those are ${sentenceList(names)}`);
    });
    const sleepers = found.filter(({ name }) => !kept.includes(name));
    for (const { name, losesVolumes } of sleepers) {
      if (losesVolumes) problems.refuse('keep', `'${name}' deletes its volumes when it is scaled down (claimRetention.whenScaled), and would lose its data every night; add it here, or retain them`);
    }
    if (sleepers.length === 0) problems.refuse('workloads', 'there are none to put to sleep; make it after the workloads, in a chart of their namespace');
    return sleepers;
  }

  private task(id: string, description: string, schedule: string, { timeZone, image = this.kubectl() }: NightScheduleProps, sleepers: readonly Sleeper[], pods: (sleeper: Sleeper) => number): CronTask {
    const counts = [...new Set(sleepers.map(pods))].sort((a, b) => a - b);
    const steps = counts.map((count) => ({ image, command: ['kubectl', 'scale', `--replicas=${count}`, ...sleepers.filter((sleeper) => pods(sleeper) === count).map(({ kind, name }) => `${kind.toLowerCase()}/${name}`)], resources: RESOURCES }));
    const last = steps.at(-1)!;
    return new CronTask(this, id, {
      name: `${this.node.id}-${id}`,
      description,
      schedule,
      ...(timeZone === undefined ? {} : { timeZone }),
      ...last,
      ...(steps.length > 1 ? { initContainers: Object.fromEntries(steps.slice(0, -1).map((step, index) => [`scale-${index + 1}`, step])) } : {}),
      permissions: permissionsFor(sleepers),
      security: { runAsUser: USER, runAsGroup: USER },
      startingDeadline: '1h',
      deadline: '10m',
    });
  }

  /** The image that Kubernetes makes of kubectl, in a version that any cluster near to it understands. */
  private kubectl(): ImageInput {
    const { kubernetesVersion = '1.34' } = Cdk8sApp.of(this) as Cdk8sApp & { readonly kubernetesVersion?: string };
    return decide(this, 'image', `registry.k8s.io/kubectl:v${kubernetesVersion}.0`, "kubectl of the cluster's version");
  }

  private madeLater(props: NightScheduleProps, seen: ReadonlySet<ApiObject>): string[] {
    if (this.problems.messages.length > 0 || workloadsOf(this).every((object) => seen.has(object))) return [];
    const known = new Set([...this.workloads, ...asList(new Problems(this), 'keep', props.keep)]);
    const later = findSleepers(this).filter(({ name }) => !known.has(name));
    return later.map(({ name }) => `'${name}' was made after the NightSchedule, which does not know it; make the NightSchedule last`);
  }
}

/** To look at exactly these workloads, and to set the number of their pods; not to change what runs in them. */
function permissionsFor(sleepers: readonly Sleeper[]) {
  return Object.entries(KINDS).flatMap(([kind, resource]) => {
    const resourceNames = sleepers.filter((sleeper) => sleeper.kind === kind).map(({ name }) => name).sort();
    if (resourceNames.length === 0) return [];
    return [{ apiGroups: ['apps'], resources: [resource], resourceNames, verbs: ['get'] }, { apiGroups: ['apps'], resources: [`${resource}/scale`], resourceNames, verbs: ['patch'] }];
  });
}

/** The objects of the namespace. */
function objectsOf(scope: Construct): ApiObject[] {
  const { namespace } = Chart.of(scope);
  return scope.node.root.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct) && (construct.metadata.namespace ?? Chart.of(construct).namespace) === namespace);
}

/** Those of them that could sleep. */
const workloadsOf = (scope: Construct): ApiObject[] => objectsOf(scope).filter(({ kind }) => kind in KINDS);

/** Workloads of the namespace that have pods, by their number or by an autoscaler that looks at the load. */
function findSleepers(scope: Construct): Sleeper[] {
  const objects = objectsOf(scope);
  const rendered = (...kinds: readonly string[]) => objects.filter(({ kind }) => kinds.includes(kind)).flatMap(render);
  const targetsOf = (kind: string) => new Map<string, JsonObject>(rendered(kind).map((scaler) => {
    const { kind: target = 'Deployment', name } = objectAt(scaler, 'spec', 'scaleTargetRef');
    return [`${String(target)}/${String(name)}`, scaler] as const;
  }));
  const [byLoad, byEvents] = [targetsOf('HorizontalPodAutoscaler'), targetsOf('ScaledObject')];
  return rendered(...Object.keys(KINDS)).flatMap((manifest) => {
    const target = { kind: String(manifest.kind), name: String(at(manifest, 'metadata', 'name')) };
    const key = `${target.kind}/${target.name}`;
    const autoscaler = byLoad.get(key);
    const pods = Number((autoscaler ? at(autoscaler, 'spec', 'minReplicas') : at(manifest, 'spec', 'replicas')) ?? 1);
    if (byEvents.has(key) || pods === 0) return [];
    return [{ ...target, pods, losesVolumes: at(manifest, 'spec', 'persistentVolumeClaimRetentionPolicy', 'whenScaled') === 'Delete' }];
  });
}

/** The object; nothing of one that can't be rendered, which is reported when the app is. */
function render(object: ApiObject): JsonObject[] {
  try {
    return [object.toJson() as JsonObject];
  } catch {
    return [];
  }
}
