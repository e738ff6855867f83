import { randomOf } from './random';

/** Points of a drawn series: three hours, one every two minutes. */
export const POINTS = 90;
/** The points at which a nightly task runs, where they show seven days. */
export const NIGHTS = [2, 15, 28, 41, 54, 66, 79];
/** When the sample release went out, and the time in which it failed requests. */
export const ROLLOUT = 52;
const TROUBLE = { from: 54, to: 66 };

/** What the labels in a legend stand for. */
export const NAMES: Readonly<Record<string, readonly string[]>> = {
  '{{code}}': ['200', '301', '404', '500'],
  '{{pod}}': ['POD-x2lkq', 'POD-8vmrt', 'POD-hq5zd'],
  '{{container}}': ['CONTAINER'],
  '{{persistentvolumeclaim}}': ['data-orders-db-0'],
  '{{job_name}}': ['nightly-report-29381955', 'nightly-report-29383395', 'nightly-report-29384835'],
  '{{node}}': ['node-a', 'node-b', 'node-c'],
  '{{namespace}} / {{persistentvolumeclaim}}': ['monitoring / prometheus-0', 'shop / data-orders-db-0', 'monitoring / loki-0'],
  '{{namespace}} {{resource}}': ['shop requests.cpu', 'shop requests.memory', 'shop limits.memory'],
  '{{state}}': ['active', 'suppressed'],
  '{{integration}}': ['pagerduty', 'slack'],
  '{{plugin_id}}': ['out_loki', 'out_s3'],
};

/** How a sample runs: around a level, with slow waves and noise; whole numbers in steps. */
interface Course {
  readonly level: number;
  readonly wave?: number;
  readonly noise?: number;
  /** What is added while the sample release fails. */
  readonly trouble?: number;
  /** Growth over the whole time. */
  readonly slope?: number;
  readonly whole?: boolean;
  /** What is there while a nightly task runs, and else nothing. */
  readonly nightly?: boolean;
}

const flat = (level: number): Course => ({ level });
const Mi = 1024 ** 2;
const Gi = 1024 ** 3;

/** The course of each series, by the title of its panel; a list goes by the order of its series. */
const COURSES: Readonly<Record<string, readonly Course[]>> = {
  Requests: [{ level: 184, wave: 0.15, noise: 0.04 }],
  Errors: [{ level: 0.0004, noise: 0.4, trouble: 0.012 }],
  'Latency, p95': [{ level: 0.118, wave: 0.1, noise: 0.05, trouble: 0.09 }],
  'Error budget left': [{ level: 0.81, slope: -0.03, trouble: 0 }, { level: 0.93, slope: -0.02 }],
  'Route answers': [flat(1)],
  'Certificate expires': [flat(61 * 24)],
  'Pods available': [flat(1)],
  'Restarts, 24 h': [flat(1)],
  'Alerts firing': [flat(0)],
  'Requests by status': [{ level: 168, wave: 0.15, noise: 0.04 }, { level: 11, wave: 0.1, noise: 0.1 }, { level: 4, noise: 0.25 }, { level: 0.08, noise: 0.6, trouble: 2.4 }],
  'Error ratio': [{ level: 0.0004, noise: 0.4, trouble: 0.012 }],
  Latency: [{ level: 0.031, wave: 0.06, noise: 0.05 }, { level: 0.118, wave: 0.1, noise: 0.05, trouble: 0.09 }, { level: 0.214, wave: 0.1, noise: 0.08, trouble: 0.2 }],
  CPU: [{ level: 0.19, wave: 0.2, noise: 0.08 }, { level: 0.17, wave: 0.2, noise: 0.08 }, { level: 0.21, wave: 0.2, noise: 0.08 }, flat(0.25), flat(1)],
  Memory: [{ level: 212 * Mi, noise: 0.01, slope: 0.06 }, { level: 204 * Mi, noise: 0.01, slope: 0.05 }, { level: 221 * Mi, noise: 0.01, slope: 0.05 }, flat(256 * Mi), flat(512 * Mi)],
  'CPU throttled': [{ level: 0.006, noise: 0.7 }, { level: 0.004, noise: 0.7 }, { level: 0.008, noise: 0.7, trouble: 0.03 }],
  Pods: [{ level: 3, trouble: -1, whole: true }, flat(3)],
  Restarts: [{ level: 0, trouble: 1, whole: true }],
  Autoscaler: [{ level: 3, wave: 0.3, whole: true }, flat(2), flat(10)],
  'Volume space used': [{ level: 0.58, slope: 0.02 }],
  'Volume files used': [{ level: 0.11, slope: 0.01 }],
  'Last success': [flat(-8)],
  'Next run': [flat(16)],
  Running: [flat(0)],
  'Longest run': [flat(251)],
  'Failed runs': [flat(0)],
  'Duration of runs': [flat(231), flat(251), flat(224)],
  Failures: [flat(0)],
  'Alerts, critical': [flat(0)],
  'Alerts, warning': [flat(1)],
  'Pods missing': [{ level: 0, trouble: 1, whole: true }],
  'Nodes ready': [flat(1)],
  'Nodes under pressure': [flat(0)],
  'Targets down': [flat(0)],
  Series: [{ level: 48_200, noise: 0.01, slope: 0.03 }],
  Configuration: [flat(1)],
  'Node CPU': [{ level: 0.42, wave: 0.15, noise: 0.06 }, { level: 0.36, wave: 0.15, noise: 0.06 }, { level: 0.51, wave: 0.12, noise: 0.06 }],
  'Node memory': [{ level: 0.61, noise: 0.01 }, { level: 0.55, noise: 0.01 }, { level: 0.67, noise: 0.01 }],
  'Node disk': [{ level: 0.38, slope: 0.01 }, { level: 0.41, slope: 0.01 }, { level: 0.35, slope: 0.01 }],
  'Requested of the nodes': [{ level: 0.54, noise: 0.002 }, { level: 0.63, noise: 0.002 }],
  'Fullest volumes': [{ level: 0.72, slope: 0.01 }, { level: 0.58, slope: 0.02 }, { level: 0.44, slope: 0.02 }],
  'Quota used': [flat(0.62), flat(0.7), flat(0.48)],
  'Samples taken in': [{ level: 1_610, noise: 0.01 }],
  Stored: [{ level: 12.4 * Gi, slope: 0.01 }],
  'Failures of Prometheus': [flat(0), flat(0)],
  'Alerts held': [{ level: 1, trouble: 2, whole: true }, flat(0)],
  Notifications: [{ level: 0, trouble: 0.01 }, { level: 0.002, noise: 0.3, trouble: 0.02 }],
  'Notifications failed': [flat(0), flat(0)],
  'Buffer space left': [{ level: 99, noise: 0.003 }, { level: 96, noise: 0.01, trouble: -9 }],
  'Records sent': [{ level: 212, wave: 0.15, noise: 0.05, trouble: 90 }, { level: 212, wave: 0.15, noise: 0.05, trouble: 90 }],
  'Retries and errors': [{ level: 0, trouble: 0.02 }, flat(0)],
};
/** The environment as a whole needs more than one application. */
const OF_OVERVIEW: typeof COURSES = { CPU: [{ level: 2.3, wave: 0.15, noise: 0.03 }], Memory: [{ level: 3.4 * Gi, noise: 0.005, slope: 0.03 }], 'Restarts, 24 h': [flat(2)] };
/** A task's pods do not last. */
const OF_TASKS: typeof COURSES = { CPU: [{ level: 0.31, noise: 0.15, nightly: true }, flat(0.1)], Memory: [{ level: 172 * Mi, noise: 0.1, nightly: true }, flat(128 * Mi), flat(256 * Mi)], 'Restarts, 24 h': [flat(0)], Restarts: [flat(0)] };

/** A database of one pod, which no release of the shop touches. */
const OF_DATABASES: typeof COURSES = {
  CPU: [{ level: 0.42, wave: 0.2, noise: 0.06 }, flat(0.1)], Memory: [{ level: 196 * Mi, noise: 0.004, slope: 0.02 }, flat(128 * Mi), flat(256 * Mi)], Pods: [flat(1), flat(1)], Restarts: [flat(0)], 'Restarts, 24 h': [flat(0)],
};
const OF_KIND: Readonly<Record<Kind, typeof COURSES>> = { service: {}, database: OF_DATABASES, task: OF_TASKS, overview: OF_OVERVIEW, platform: {} };

/** Which of the samples a dashboard takes. */
export type Kind = 'service' | 'database' | 'task' | 'overview' | 'platform';

/** The samples of a series. */
export function sampleOf(kind: Kind, panel: string, index: number): readonly number[] {
  const courses = OF_KIND[kind][panel] ?? COURSES[panel];
  const course = courses?.[index];
  if (!course) throw new Error(`no sample for series ${index} of the panel '${panel}'; add it to scripts/dashboards/samples.ts`);
  const random = randomOf(`${panel}/${index}`);
  const phase = random() * 2;
  return Array.from({ length: POINTS }, (_, point) => valueAt(course, point, phase, random()));
}

function valueAt({ level, wave = 0, noise = 0, trouble = 0, slope = 0, whole = false, nightly = false }: Course, point: number, phase: number, random: number): number {
  if (nightly && !NIGHTS.includes(point)) return 0;
  const slow = wave * Math.sin(phase + (point / POINTS) * 4);
  const hurt = point >= TROUBLE.from && point < TROUBLE.to ? trouble * Math.sin((Math.PI * (point - TROUBLE.from + 0.5)) / (TROUBLE.to - TROUBLE.from)) : 0;
  const value = level * (1 + slow + noise * (random * 2 - 1) + (slope * point) / POINTS) + hurt;
  return whole ? Math.max(0, Math.round(value)) : Math.max(0, value) || (level < 0 ? level : 0);
}
