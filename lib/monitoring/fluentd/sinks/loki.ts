import type { FileSource } from '../../../config/files';
import type { Shapes } from '../../../core/forms';
import { LogStore, STREAM_LABELS } from '../../log-store/log-store';
import { section } from '../directive';
import { forwardOutput } from './forward';
import { bothOrNone, contentOf, pathOf, present, reach, REACHED_SHAPES, readFile, readSecret, readUrl, requireText, type CommonSinkProps, type ReachedProps, type SinkReader } from './sink';

/** Lines to Loki: to the store in the cluster, or with an image that has the plugin to any. */
export interface LokiSinkProps extends CommonSinkProps, ReachedProps {
  /** The kind of sink. */
  readonly type: 'loki';
  /** The store in the cluster. @default none: `url` says where */
  readonly store?: LogStore;
  /** Address, without credentials: `'https://loki.example.com'`; needs an image with the plugin. @default none: `store` */
  readonly url?: string;
  /** The tenant. @default none */
  readonly tenant?: string;
  /** Name of the user. @default none */
  readonly user?: string;
  /** Password, by `fileFromSecret`. @default none */
  readonly password?: FileSource;
  /** Token, by `fileFromSecret`. @default none */
  readonly token?: FileSource;
  /** Certificate of its authority, by `fileFromConfig` or `fileFromSecret`. @default those that the image knows */
  readonly ca?: FileSource;
}

/** Options of a Loki sink. */
export const LOKI_SHAPES: Shapes<LokiSinkProps> = {
  type: 'text', name: 'text', filter: 'any', buffer: 'any', store: 'any', url: 'text', tenant: 'text', user: 'text', password: 'any', token: 'any', ca: 'any', ...REACHED_SHAPES,
};
/** Options that only make sense for a Loki that is reached by its address. */
const BY_ADDRESS = ['tenant', 'user', 'password', 'token', 'ca', 'to', 'cidrs'] as const;

/** Reads a Loki sink. */
export const readLoki: SinkReader<LokiSinkProps> = (problems, prop, props) => {
  const { store, url } = props;
  if ((store === undefined) === (url === undefined)) {
    problems.refuse(prop, "exactly one of 'store' (a LogStore) and 'url' is required");
    return undefined;
  }
  return store === undefined ? byAddress(problems, prop, props) : inCluster(problems, prop, props);
};

const inCluster: SinkReader<LokiSinkProps> = (problems, prop, props) => {
  const { store } = props;
  if (!(store instanceof LogStore)) {
    problems.add(`${prop}.store`, store, 'a LogStore is allowed');
    return undefined;
  }
  for (const key of BY_ADDRESS) if (props[key] !== undefined) problems.refuse(`${prop}.${key}`, "the store in the cluster takes none; remove it, or give 'url' in place of 'store'");
  return { ...forwardOutput([store.forward]), connections: [{ to: store, ports: ['forward'] }] };
};

const byAddress: SinkReader<LokiSinkProps> = (problems, prop, props) => {
  const { tenant, user } = props;
  const address = readUrl(problems, `${prop}.url`, props.url);
  bothOrNone(problems, prop, ['user', 'password'], props);
  const [password, token] = [readSecret(problems, `${prop}.password`, props.password), readSecret(problems, `${prop}.token`, props.token)];
  if (password && token) problems.refuse(`${prop}.token`, "it takes the place of 'user' and 'password'; remove one of the two");
  if (tenant !== undefined) requireText(problems, `${prop}.tenant`, tenant, /^[A-Za-z0-9!\-_.*'()]{1,150}$/, 'letters, digits and !-_.*\'() are allowed, 150 at most');
  const ca = readFile(problems, `${prop}.ca`, props.ca);
  return {
    plugin: 'loki', ownImage: true,
    // Its own default is somebody else's service.
    parameters: { url: address?.url.href.replace(/\/$/, ''), tenant, username: user, password: contentOf(password), bearer_token_file: pathOf(token), ca_cert: pathOf(ca), line_format: 'json', compress: 'gzip', include_thread_label: false },
    sections: [section('label', '', Object.fromEntries(STREAM_LABELS.map((label) => [label, `$.${label}`])))],
    sources: present(password, token, ca),
    ...reach(props, address ? [address.port] : []),
  };
};
