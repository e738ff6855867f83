import type { FileSource } from '../../../config/files';
import type { Shapes } from '../../../core/forms';
import { section } from '../directive';
import { bothOrNone, contentOf, pathOf, present, reach, REACHED_SHAPES, readFile, readHostPort, readOptions, readSecret, requireText, type CommonSinkProps, type ReachedProps, type SinkReader } from './sink';
import type { Mistakes } from '../../../core/problems';

/** How FluentD shows Kafka who it is by a password. */
export interface KafkaLogin {
  /** Name of the user. */
  readonly user: string;
  /** Password, by `fileFromSecret`. */
  readonly password: FileSource;
  /** How the password is proved. @default 'sha512' */
  readonly mechanism?: 'plain' | 'sha256' | 'sha512';
}

/** Lines to a topic of Kafka. */
export interface KafkaSinkProps extends CommonSinkProps, ReachedProps {
  /** The kind of sink. */
  readonly type: 'kafka';
  /** Brokers to begin with: `['kafka-0.example.com:9093']`. */
  readonly brokers: readonly string[];
  /** The topic. */
  readonly topic: string;
  /** Whether the connection is encrypted. @default true */
  readonly tls?: boolean;
  /** Certificate of its authority, by `fileFromConfig` or `fileFromSecret`. @default those that the image knows */
  readonly ca?: FileSource;
  /** Certificate of the client, by `fileFromSecret`. @default none */
  readonly certificate?: FileSource;
  /** Key of that certificate, by `fileFromSecret`. @default none */
  readonly certificateKey?: FileSource;
  /** Name and password. @default none */
  readonly login?: KafkaLogin;
}

/** Options of a Kafka sink. */
export const KAFKA_SHAPES: Shapes<KafkaSinkProps> = {
  type: 'text', name: 'text', filter: 'any', buffer: 'any', brokers: 'texts', topic: 'text', tls: 'truth', ca: 'any', certificate: 'any', certificateKey: 'any', login: 'any', ...REACHED_SHAPES,
};
const LOGIN_SHAPES: Shapes<KafkaLogin> = { user: 'text', password: 'any', mechanism: 'text' };
const MECHANISMS: readonly unknown[] = ['plain', 'sha256', 'sha512'];

/** Reads a Kafka sink. */
export const readKafka: SinkReader<KafkaSinkProps> = (problems, prop, props) => {
  const { brokers = [], tls = true } = props;
  if (brokers.length === 0) problems.add(`${prop}.brokers`, props.brokers, 'at least one broker is required, such as "kafka-0.example.com:9093"');
  const hosts = brokers.map((broker, index) => readHostPort(problems, `${prop}.brokers[${index}]`, broker));
  const topic = requireText(problems, `${prop}.topic`, props.topic, /^[A-Za-z0-9._-]{1,249}$/, 'the name of a topic is required: letters, digits, "-", "_" and "."');
  const files = readTls(problems, prop, props, tls);
  const login = readLogin(problems, `${prop}.login`, props.login, tls);
  return {
    plugin: 'kafka2', variant: 'kafka2',
    parameters: {
      brokers: present(...hosts).map(({ host, port }) => `${host}:${port}`).join(','), topic, use_event_time: true, required_acks: -1, max_send_retries: 2, compression_codec: 'gzip',
      ssl_ca_certs_from_system: tls && !files.ca ? true : undefined, ssl_ca_cert: pathOf(files.ca), ssl_client_cert: pathOf(files.certificate), ssl_client_cert_key: pathOf(files.certificateKey), ssl_verify_hostname: tls ? true : undefined,
      ...login.parameters, sasl_over_ssl: tls,
    },
    sections: [section('format', '', { '@type': 'json' })],
    sources: [...present(files.ca, files.certificate, files.certificateKey), ...login.sources],
    ...reach(props, present(...hosts).map(({ port }) => port)),
  };
};

function readTls(problems: Mistakes, prop: string, props: Partial<KafkaSinkProps>, tls: boolean): { readonly ca: FileSource | undefined; readonly certificate: FileSource | undefined; readonly certificateKey: FileSource | undefined } {
  bothOrNone(problems, prop, ['certificate', 'certificateKey'], props);
  const ca = readFile(problems, `${prop}.ca`, props.ca);
  const certificate = readSecret(problems, `${prop}.certificate`, props.certificate);
  const certificateKey = readSecret(problems, `${prop}.certificateKey`, props.certificateKey);
  if (!tls && (ca ?? certificate)) problems.add(`${prop}.tls`, false, "certificates are of no use without; remove 'tls: false', or them");
  return { ca, certificate, certificateKey };
}

function readLogin(problems: Mistakes, prop: string, given: KafkaLogin | undefined, tls: boolean) {
  if (given === undefined) return { parameters: {}, sources: [] };
  const { user, password: wanted, mechanism = 'sha512' } = readOptions<KafkaLogin>(problems, prop, given, LOGIN_SHAPES);
  if (user === undefined) problems.refuse(`${prop}.user`, 'the name of the user is required');
  if (wanted === undefined) problems.refuse(`${prop}.password`, "it is required; use fileFromSecret('name', 'key')");
  if (!MECHANISMS.includes(mechanism)) problems.add(`${prop}.mechanism`, mechanism, "'plain', 'sha256' and 'sha512' are allowed");
  if (mechanism === 'plain' && !tls) problems.refuse(`${prop}.mechanism`, "'plain' sends the password as it is, which without 'tls' anyone on the way can read; encrypt the connection, or use 'sha512'");
  const password = readSecret(problems, `${prop}.password`, wanted);
  return { parameters: { username: user, password: contentOf(password), scram_mechanism: mechanism === 'plain' ? undefined : mechanism }, sources: present(password) };
}
