import { Construct } from 'constructs';
import type { Application } from '../core/application';
import { isPlainObject } from '../core/json';
import { show } from '../core/problems';
import type { ApplicationInfo, Connection, IApplication } from '../core/registry';
import { asList, asObject } from '../core/shape';
import { listPorts } from './ports';

/** A workload to connect to: the construct, its name (`'redis'`, `'other-namespace/redis'`), or either with the ports. */
export type ConnectionInput = string | IApplication | ConnectionProps;

/** A connection to some of a workload's ports. */
export interface ConnectionProps {
  /** The workload, or its name. */
  readonly to: string | IApplication;
  /** Its ports, by name or number. @default all */
  readonly ports?: readonly (string | number)[];
}

const KEYS: Record<keyof ConnectionProps, true> = { to: true, ports: true };

/** Reads the `connectsTo` prop and tells both ends; targets are looked up at synth, when every workload is known. */
export function declareConnections(application: Application, inputs: readonly ConnectionInput[] | undefined, from: ApplicationInfo): void {
  asList(application.problems, 'connectsTo', inputs).forEach((input, index) => {
    const prop = `connectsTo[${index}]`;
    const connection = readConnection(application, prop, input, from);
    if (!connection) return;
    application.registry.connect(connection);
    application.scope.node.addValidation({ validate: () => connectionProblems(application, prop, connection) });
  });
}

function readConnection({ problems, scope }: Application, prop: string, input: ConnectionInput, from: ApplicationInfo): Connection | undefined {
  const { to, ports } = isPlainObject(input) ? asObject(problems, prop, input as unknown as ConnectionProps, KEYS) : { to: input as string | IApplication };
  if (ports !== undefined && asList(problems, `${prop}.ports`, ports).length === 0) problems.add(`${prop}.ports`, ports, 'at least one port is required; leave it out for all');
  const wanted = Array.isArray(ports) ? { ports } : { ports: undefined };
  if (typeof to === 'string') return { from, to, ...wanted };
  if (to?.application === undefined) {
    problems.add(prop, Construct.isConstruct(to) ? to.node.path : to, 'a workload or the name of one is allowed');
    return undefined;
  }
  if (to.node.root !== scope.node.root) {
    problems.add(prop, to.application.name, "it belongs to another app, whose policies don't know of this one; build both in one app, or allow its addresses in 'egress'");
    return undefined;
  }
  return { from, to: to.application, ...wanted };
}

function connectionProblems({ registry }: Application, prop: string, connection: Connection): string[] {
  const { from, to, ports = [] } = connection;
  const name = typeof to === 'string' ? to : to.name;
  const target = registry.target(connection);
  const problem = (mend: string) => [`${prop}: got ${show(name)}; ${mend}`];
  if (!target) {
    const elsewhere = registry.applications.find((other) => other.name === name && other.namespace !== undefined);
    return problem(elsewhere ? `it stands in namespace '${elsewhere.namespace}'; write "${elsewhere.namespace}/${name}"` : `no workload of the app has that name${registry.suggest(name)}`);
  }
  if ((from.namespace === undefined) !== (target.namespace === undefined)) {
    const [named, unnamed] = from.namespace === undefined ? [target, from] : [from, target];
    return problem(`'${named.name}' stands in namespace '${named.namespace}' and the chart of '${unnamed.name}' names none, so no policy can tell where it is; give that chart a namespace`);
  }
  if (target.ports.length === 0) return problem(`it is a ${target.type}, which takes no connections; remove it`);
  return ports
    .filter((wanted) => !target.ports.some((port) => port.name === wanted || port.port === wanted))
    .map((wanted) => `${prop}.ports: got ${show(wanted)}; '${name}' has no such port; its ports are: ${listPorts(target.ports)}`);
}
