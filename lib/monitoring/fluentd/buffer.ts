import { parseSeconds, DURATION_FORM, type DurationInput } from '../../core/duration';
import { readObject, type Shapes } from '../../core/forms';
import type { Mistakes } from '../../core/problems';
import { formatBytes, parseQuantity, QUANTITY_FORM } from '../../core/quantity';
import { section, type Directive } from './directive';

/** How a sink keeps what it has not delivered yet, on the disk of the node. */
export interface BufferProps {
  /** Most that waits on each node: `'512Mi'`. @default 512Mi */
  readonly totalLimit?: string;
  /** Size of one delivery. @default 8Mi, 64Mi where it becomes a file in a bucket */
  readonly chunkLimit?: string;
  /** How often it is delivered. @default every 5 s, every 10 min where it becomes a file in a bucket */
  readonly flushInterval?: DurationInput;
  /** How many deliveries run at once. @default 2 */
  readonly threads?: number;
  /** What happens when the buffer is full: FluentD reads no further in the files of the node, or the oldest goes. @default 'block'; with several sinks 'drop-oldest', so that one that is down holds up no other */
  readonly overflow?: 'block' | 'drop-oldest';
  /** How long a delivery is tried again. @default 24h */
  readonly retryFor?: DurationInput;
}

/** A buffer with every setting. */
export interface Buffer {
  readonly totalLimit: bigint;
  readonly chunkLimit: bigint;
  readonly flushInterval: number;
  readonly threads: number;
  readonly overflow: 'block' | 'drop-oldest';
  readonly retryFor: number;
}

/** What is used where nothing is said. */
export interface BufferDefaults {
  readonly overflow: Buffer['overflow'];
  /** Whether each delivery becomes a file. */
  readonly files: boolean;
}

const SHAPES: Shapes<BufferProps> = { totalLimit: 'text', chunkLimit: 'text', flushInterval: 'any', threads: 'number', overflow: 'text', retryFor: 'any' };
const BYTE = 1_000_000_000n;
const MOST_THREADS = 16;
/** A retry waits twice as long as the one before, but no longer than this. */
const LONGEST_WAIT = '60s';
/** Where buffers and positions stand on the node. */
export const STATE_DIRECTORY = '/var/lib/fluentd';

/** Reads a `buffer` prop; what it does not say comes from the one for all sinks. */
export function readBuffer(problems: Mistakes, prop: string, own: BufferProps | undefined, common: BufferProps, defaults: BufferDefaults): Buffer {
  const given = { ...common, ...readObject<BufferProps>(problems, prop, own, SHAPES) };
  const buffer: Buffer = {
    totalLimit: readSize(problems, `${prop}.totalLimit`, given.totalLimit ?? '512Mi'),
    chunkLimit: readSize(problems, `${prop}.chunkLimit`, given.chunkLimit ?? (defaults.files ? '64Mi' : '8Mi')),
    flushInterval: readTime(problems, `${prop}.flushInterval`, given.flushInterval ?? (defaults.files ? '10m' : '5s')),
    threads: given.threads ?? 2,
    overflow: given.overflow ?? defaults.overflow,
    retryFor: readTime(problems, `${prop}.retryFor`, given.retryFor ?? '24h'),
  };
  if (!Number.isInteger(buffer.threads) || buffer.threads < 1 || buffer.threads > MOST_THREADS) problems.add(`${prop}.threads`, buffer.threads, `a whole number from 1 to ${MOST_THREADS} is allowed`);
  if (buffer.overflow !== 'block' && buffer.overflow !== 'drop-oldest') problems.add(`${prop}.overflow`, buffer.overflow, "'block' and 'drop-oldest' are allowed");
  if (buffer.chunkLimit * 2n > buffer.totalLimit) problems.add(`${prop}.chunkLimit`, formatBytes(buffer.chunkLimit * BYTE), `at most half of the totalLimit (${formatBytes(buffer.totalLimit * BYTE)}) is allowed, or the buffer is full before its first delivery; lower it or raise that`);
  return buffer;
}

/** Reads the `buffer` prop that holds for all sinks; its values are checked with those of each sink. */
export const readCommonBuffer = (problems: Mistakes, prop: string, given: BufferProps | undefined): BufferProps => readObject<BufferProps>(problems, prop, given, SHAPES);

function readSize(problems: Mistakes, prop: string, given: string): bigint {
  const size = parseQuantity(given);
  if (size === undefined || size < BYTE) problems.add(prop, given, QUANTITY_FORM);
  return size === undefined || size < BYTE ? BYTE : size / BYTE;
}

function readTime(problems: Mistakes, prop: string, given: DurationInput): number {
  const seconds = parseSeconds(given);
  const fits = seconds !== undefined && Number.isInteger(seconds) && seconds >= 1;
  if (!fits) problems.add(prop, given, `${DURATION_FORM}, of at least 1 s`);
  return fits ? seconds : 1;
}

/** How a buffer is cut into deliveries. */
export interface BufferKeys {
  /** Name of the sink, for its directory. */
  readonly name: string;
  /** By tag, of which there is one; or by time, for files in a bucket. */
  readonly by: 'tag' | 'time';
}

/** The section of a buffer: on disk, limited, and given up at last. */
export function bufferSection({ name, by }: BufferKeys, buffer: Buffer): Directive {
  const inFiles = by === 'time';
  return section('buffer', by, {
    '@type': 'file',
    path: `${STATE_DIRECTORY}/buffers/${name}`,
    ...(inFiles ? { timekey: `${buffer.flushInterval}s`, timekey_wait: '60s', timekey_use_utc: true } : {}),
    chunk_limit_size: Number(buffer.chunkLimit),
    total_limit_size: Number(buffer.totalLimit),
    ...(inFiles ? {} : { flush_mode: 'interval', flush_interval: `${buffer.flushInterval}s` }),
    flush_thread_count: buffer.threads,
    // What waits on disk is delivered by the next pod; a sink that is down must not keep this one from ending.
    flush_at_shutdown: false,
    overflow_action: buffer.overflow === 'block' ? 'block' : 'drop_oldest_chunk',
    retry_type: 'exponential_backoff',
    retry_wait: '1s',
    retry_max_interval: LONGEST_WAIT,
    retry_timeout: `${buffer.retryFor}s`,
    retry_forever: false,
    compress: 'gzip',
  });
}
