import type { FileSource } from '../../../config/files';
import type { Shapes } from '../../../core/forms';
import { section, type Directive } from '../directive';
import { Embedded } from '../value';
import { contentOf, pathOf, present, reach, REACHED_SHAPES, readFile, readHostPort, readSecret, type CommonSinkProps, type Output, type ReachedProps, type SinkReader } from './sink';

/** Lines to another FluentD or Fluent Bit: an aggregator. */
export interface ForwardSinkProps extends CommonSinkProps, ReachedProps {
  /** The kind of sink. */
  readonly type: 'forward';
  /** Where it listens: `['logs.example.com:24224']`; several share the load. */
  readonly servers: readonly string[];
  /** What both sides know, by `fileFromSecret`. @default nothing */
  readonly sharedKey?: FileSource;
  /** Whether the connection is encrypted. @default false */
  readonly tls?: boolean;
  /** Certificate of its authority, by `fileFromConfig` or `fileFromSecret`. @default those that the image knows */
  readonly ca?: FileSource;
}

/** Lines as FluentD's own output, for a look at them: they are not read in again. */
export interface StdoutSinkProps extends CommonSinkProps {
  /** The kind of sink. */
  readonly type: 'stdout';
}

/** Options of a forward sink. */
export const FORWARD_SHAPES: Shapes<ForwardSinkProps> = { type: 'text', name: 'text', filter: 'any', buffer: 'any', servers: 'texts', sharedKey: 'any', tls: 'truth', ca: 'any', ...REACHED_SHAPES };
/** Options of a stdout sink. */
export const STDOUT_SHAPES: Shapes<StdoutSinkProps> = { type: 'text', name: 'text', filter: 'any', buffer: 'any' };

const NODE = Embedded.environment('K8S_NODE_NAME');

/** What forwards to these servers, each of which must say that it has what it got. */
export function forwardOutput(servers: readonly { readonly host: string; readonly port: number }[], security?: Directive): Pick<Output, 'plugin' | 'parameters' | 'sections'> {
  return {
    plugin: 'forward',
    parameters: { require_ack_response: true, ack_response_timeout: '60s', heartbeat_type: 'transport', keepalive: true, keepalive_timeout: '60s', expire_dns_cache: '60s', ignore_network_errors_at_startup: true, send_timeout: '60s' },
    sections: [...servers.map(({ host, port }) => section('server', '', { host, port })), ...(security ? [security] : [])],
  };
}

/** Reads a forward sink. */
export const readForward: SinkReader<ForwardSinkProps> = (problems, prop, props) => {
  const { servers = [], tls = false } = props;
  if (servers.length === 0) problems.add(`${prop}.servers`, props.servers, 'at least one address is required, such as "logs.example.com:24224"');
  const hosts = present(...servers.map((server, index) => readHostPort(problems, `${prop}.servers[${index}]`, server)));
  const sharedKey = readSecret(problems, `${prop}.sharedKey`, props.sharedKey);
  const ca = readFile(problems, `${prop}.ca`, props.ca);
  if (ca && !tls) problems.refuse(`${prop}.ca`, "it is of no use without 'tls: true'");
  const security = sharedKey && section('security', '', { self_hostname: NODE, shared_key: contentOf(sharedKey) });
  const output = forwardOutput(hosts, security);
  return {
    ...output,
    parameters: { ...output.parameters, ...(tls ? { transport: 'tls', tls_verify_hostname: true, tls_cert_path: ca && [pathOf(ca)!] } : {}) },
    sources: present(sharedKey, ca),
    ...reach(props, hosts.map(({ port }) => port)),
  };
};

/** Reads a stdout sink. */
export const readStdout: SinkReader<StdoutSinkProps> = () => ({ plugin: 'stdout', parameters: {}, sections: [section('format', '', { '@type': 'json' })] });
