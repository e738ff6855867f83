import type { Construct } from 'constructs';
import { show, type Problems } from '../../core/problems';
import { Registry, type ApplicationInfo, type IApplication } from '../../core/registry';
import { asList } from '../../core/shape';
import { observe, type MonitoredApplication } from '../application';
import { jobOf } from '../catalogue';
import { Watched } from '../watch';

/** What a stack is given to watch. */
export type ApplicationsInput = 'all' | readonly (IApplication | Watched)[];

/** Reads the `applications` prop. */
export function applicationsOf(stack: Construct, problems: Problems, given: ApplicationsInput = 'all'): readonly MonitoredApplication[] {
  const found = given === 'all' ? all(stack) : asList(problems, 'applications', given).flatMap((one, index) => readOne(stack, problems, `applications[${index}]`, one));
  const seen = new Set<string>();
  return found.filter((application) => {
    const job = jobOf(application);
    if (seen.has(job)) problems.add('applications', job, 'it is there twice; remove one');
    return !seen.has(job) && seen.add(job);
  });
}

/** Those that stand there now; what comes later would go unwatched in silence. */
function all(stack: Construct): MonitoredApplication[] {
  const registry = Registry.of(stack);
  const known = new Set(registry.applications);
  const isOwn = ({ scope }: ApplicationInfo) => scope.node.scopes.includes(stack);
  stack.node.addValidation({
    validate: () => registry.applications.filter((application) => !known.has(application) && !isOwn(application))
      .map(({ scope }) => `applications: '${scope.node.path}' was added after this MonitoringStack, which so does not watch it; make the MonitoringStack last, or list the applications`),
  });
  return [...known].filter((application) => application.type !== 'NodeAgent').map((application) => withNamespace(stack, application));
}

function withNamespace(stack: Construct, application: ApplicationInfo): MonitoredApplication {
  if (application.namespace === undefined) {
    stack.node.addValidation({ validate: () => [`applications: got '${application.scope.node.path}', whose chart names no namespace, so nobody can tell where it is; give that chart a namespace`] });
  }
  return observe(application);
}

function readOne(stack: Construct, problems: Problems, prop: string, given: IApplication | Watched): MonitoredApplication[] {
  if (given instanceof Watched) {
    problems.include(prop, given.mistakes);
    return [given.application];
  }
  const info = (given as Partial<IApplication> | undefined)?.application;
  if (info?.scope !== undefined) return [withNamespace(stack, info)];
  problems.refuse(prop, `got ${show(given)}; a workload, or what watch(…) gives, is allowed`);
  return [];
}
