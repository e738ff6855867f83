import type { Policies, PolicyConfigSchema, ResourceValidationPolicy, StackValidationPolicy } from '@pulumi/policy';
import { isPlainObject } from '../../core/json';
import { showPath } from '../../core/paths';
import { Cluster } from './cluster';
import { CloudSubject } from './clouds/cloud-subject';
import type { CloudPolicy, Definition, ObjectPolicy, StackPolicy, Violation } from './definition';
import { DEFINITIONS } from './definitions';
import { exceptedBy } from './exemptions';
import { readOptions, type ChosenSettings, type PolicyOptions } from './options';
import { Subject, type EngineResource } from './subject';

/**
 * Policies for the Kubernetes objects of a stack, whatever registers them: what Fairlead promises of security and
 * availability. Mandatory by default is what is a mistake in every stack; the rest is advice until you raise its level. What
 * a preview does not know yet is never a violation.
 *
 * @example
 * ```ts
 * new PolicyPack('acme', {
 *   policies: policies({
 *     level: 'mandatory',
 *     'image-reference': { images: 'fixed', except: { 'Deployment/shop/legacy': 'the vendor mends it in May' } },
 *     spread: 'disabled',
 *   }),
 * });
 * ```
 * @throws with everything that is wrong with the options
 */
export function policies(options: PolicyOptions = {}): Policies {
  const chosen = readOptions(options);
  const registered = new Map<string, Subject>();
  return [...chosen].map(([name, settings]) => {
    const definition: Definition = DEFINITIONS[name];
    const head = { name, description: describe(definition), enforcementLevel: settings.level, configSchema: schemaOf(definition) };
    if ('checkCloud' in definition) return { ...head, ...judgeClouds(definition, settings) };
    return 'check' in definition ? { ...head, ...judgeObjects(definition, settings) } : { ...head, ...judgeStack(definition, settings, registered) };
  });
}

function judgeObjects({ check }: ObjectPolicy, settings: ChosenSettings): Pick<ResourceValidationPolicy, 'validateResource'> {
  return {
    validateResource: (args, report) => {
      const subject = Subject.read(args);
      if (!subject) return;
      const { own, except } = withConfig(settings, args.getConfig());
      for (const violation of check(subject, own)) if (counts(violation, except)) report(messageOf(violation));
    },
  };
}

function judgeClouds({ checkCloud }: CloudPolicy, settings: ChosenSettings): Pick<ResourceValidationPolicy, 'validateResource'> {
  return {
    validateResource: (args, report) => {
      const subject = CloudSubject.read(args);
      if (!subject) return;
      const { own, except } = withConfig(settings, args.getConfig());
      for (const violation of checkCloud(subject, own)) if (counts(violation, except)) report(messageOf(violation));
    },
  };
}

/** Inputs tell more than outputs, of which a first preview may have none: they are kept as they are registered. */
function judgeStack({ checkAll }: StackPolicy, settings: ChosenSettings, registered: Map<string, Subject>): Pick<ResourceValidationPolicy, 'validateResource'> & Pick<StackValidationPolicy, 'validateStack'> {
  return {
    validateResource: (args) => {
      const subject = Subject.read(args);
      if (subject) registered.set(subject.urn, subject);
    },
    validateStack: (args, report) => {
      const { own, except } = withConfig(settings, args.getConfig());
      for (const cluster of clustersOf(args.resources, registered)) {
        // What is only read, or left out of a targeted update, is no matter of this program.
        const violations = checkAll(cluster, own).filter(({ subject }) => registered.has(subject.urn));
        for (const violation of violations) if (counts(violation, except)) report(messageOf(violation), violation.subject.urn);
      }
    },
  };
}

/** The objects of the stack; those of two clusters have nothing to do with each other. */
function clustersOf(resources: readonly EngineResource[], registered: ReadonlyMap<string, Subject>): Cluster[] {
  const clusters = new Map<string, Subject[]>();
  for (const resource of resources) {
    const subject = registered.get(resource.urn) ?? Subject.read(resource);
    if (!subject) continue;
    const others = clusters.get(subject.cluster);
    if (others) others.push(subject);
    else clusters.set(subject.cluster, [subject]);
  }
  return [...clusters.values()].map((subjects) => new Cluster(subjects));
}

/** Whether it is certain, and not excepted. */
function counts({ subject, path, restsOn = [] }: Violation, except: ChosenSettings['except']): boolean {
  const places = [{ subject, path }, ...restsOn];
  return !exceptedBy(except, subject) && places.every((place) => place.subject.knows(place.path));
}

const messageOf = ({ subject, path, got, mend }: Violation): string => `${subject.identity}: ${showPath(path)}: got ${got}; ${mend}`;

/** Settings of a `--policy-pack-config` go over those of the program. */
function withConfig({ own, except }: ChosenSettings, config: object): Pick<ChosenSettings, 'own' | 'except'> {
  const { except: more, ...settings } = config as { except?: unknown };
  return { own: { ...own, ...settings }, except: { ...except, ...(isPlainObject(more) ? (more as Record<string, string>) : {}) } };
}

/** What must hold, and why. */
const describe = ({ promise, reason }: Definition): string => `${promise}. ${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;

/** The engine checks a `--policy-pack-config` against it. No defaults: they would hide the program's options. */
function schemaOf({ settings = {} }: Definition): PolicyConfigSchema {
  const own = Object.entries(settings).map(([key, { default: _, ...schema }]) => [key, schema]);
  const except = { type: 'object', additionalProperties: { type: 'string', minLength: 1 }, description: 'objects that may break it, each with the reason' };
  return { properties: { ...Object.fromEntries(own), except } as PolicyConfigSchema['properties'] };
}
