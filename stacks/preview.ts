/** Preview environments: short-lived ones for a branch or pull request, made from `Pulumi.preview.yaml`. Pure: no clock, no disk. */
import { parseSeconds } from '../lib/core/duration';
import { checkDnsLabel, checkHost } from '../lib/core/names';
import { EnvironmentError } from '../lib/environment';
import type { Settings, ShopEnvironment } from './environment';
import { monitoringNamespace, type MonitoringSettings } from './monitoring/settings';

/** The environment that they are made from. */
export const PREVIEW = 'preview';
const PREFIX = `${PREVIEW}-`;

/** How long one lives when nobody says. */
export const DEFAULT_EXPIRY = '72h';
/** Those that live longer are environments, and have a file. */
const LONGEST_DAYS = 90;
const DAY = 86_400;

/** What one preview environment has of its own. */
export interface Preview {
  /** Its name, such as `pr-42`; namespace, host and stack derive from it. */
  readonly name: string;
  /** When it may be removed: `2026-01-31T12:00:00Z`. */
  readonly expires: string;
}

/** The name of its Pulumi stack. */
export const previewStack = (name: string): string => `${PREFIX}${name}`;

/** The name of the preview environment that a stack is; undefined for other stacks. */
export const previewName = (stack: string): string | undefined => (stack.startsWith(PREFIX) ? stack.slice(PREFIX.length) : undefined);

/**
 * The environment of `Pulumi.preview.yaml` with the namespace, the host and the end of one preview environment. Nothing in it
 * is kept: no object is protected, and volumes go with it.
 * @throws EnvironmentError when the name fits no namespace or host, or the date is none
 */
export function previewEnvironment(base: ShopEnvironment, { name, expires }: Preview): ShopEnvironment {
  const stack = previewStack(name);
  const namespace = `${base.config.namespace}-${name}`;
  const host = `${name}.${base.config.host}`;
  const problem = (path: string, got: string, allowed: string) => new EnvironmentError([{ file: stack, path, got, allowed }]);
  const monitoring = base.config.monitoring && previewMonitoring(base.config.monitoring, name);
  const wrong = nameProblem(name, base.config) ?? checkHost(host) ?? (monitoring?.grafana.host === undefined ? undefined : checkHost(monitoring.grafana.host));
  if (wrong !== undefined) throw problem('name', JSON.stringify(name), wrong);
  if (!isInstant(expires)) throw problem('expires', JSON.stringify(expires), 'a date such as 2026-01-31T12:00:00Z');
  const { provider = 'existing' } = base.config.cluster ?? {};
  if (provider !== 'existing') throw problem('fairlead:cluster.provider', JSON.stringify(provider), '"existing", with a context: previews share a cluster that is there, such as that of staging');
  return { ...base, name: stack, expires, config: { ...base.config, namespace, host, protect: 'none', retainVolumes: false, ...(monitoring ? { monitoring } : {}) } };
}

/** Grafana has a host of its own, too. */
function previewMonitoring(base: MonitoringSettings, name: string): MonitoringSettings {
  const { host } = base.grafana;
  return { ...base, grafana: { ...base.grafana, ...(host === undefined ? {} : { host: `${name}.${host}` }) } };
}

/** What is wrong with a name, and one that would do. */
function nameProblem(name: string, { namespace, monitoring }: Settings): string | undefined {
  // The longest name that is made of it: that of a namespace.
  const around = monitoring ? monitoringNamespace(`${namespace}-`).length + '-nodes'.length : namespace.length + 1;
  const longest = 63 - around;
  const allowed = `at most ${longest} lower-case letters, digits and "-", a letter or digit first and last`;
  if (checkDnsLabel(name) === undefined && name.length <= longest) return undefined;
  const suggestion = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, Math.max(longest, 0)).replace(/^-+|-+$/g, '');
  return suggestion === '' ? allowed : `${allowed}, such as "${suggestion}"`;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** Whether a text is a point in time as we write it. */
export const isInstant = (text: unknown): text is string => typeof text === 'string' && INSTANT.test(text) && !Number.isNaN(Date.parse(text));

/**
 * When something ends that lives this long.
 * @param lifetime - such as `72h`, `3d` or `1d12h`
 * @throws when it is no length of time, or too long
 */
export function expiryAfter(lifetime: string, now: Date): string {
  const seconds = parseSeconds(lifetime);
  if (seconds === undefined || seconds < 60 || seconds > LONGEST_DAYS * DAY) throw new Error(`--expires: got ${JSON.stringify(lifetime)}; a length of time from 1m to ${LONGEST_DAYS}d is allowed, such as 72h, 3d or 1d12h`);
  return new Date(now.getTime() + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}
