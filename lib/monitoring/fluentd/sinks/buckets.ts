import type { FileSource } from '../../../config/files';
import type { Shapes } from '../../../core/forms';
import { section } from '../directive';
import { contentOf, pathOf, present, reach, REACHED_SHAPES, readOptions, readSecret, readUrl, requireText, type CommonSinkProps, type ReachedProps, type SinkReader } from './sink';
import type { Mistakes } from '../../../core/problems';

/** A key of AWS, in two keys of Secrets. */
export interface AwsKey {
  /** Its id, by `fileFromSecret`. */
  readonly id: FileSource;
  /** Its secret, by `fileFromSecret`. */
  readonly secret: FileSource;
}

/** Lines as compressed files into a bucket of S3, or of what speaks its language. */
export interface S3SinkProps extends CommonSinkProps, ReachedProps {
  /** The kind of sink. */
  readonly type: 's3';
  /** Name of the bucket; it must be there. */
  readonly bucket: string;
  /** Region. */
  readonly region: string;
  /** Folder in the bucket; a folder for each day stands in it. @default 'logs' */
  readonly prefix?: string;
  /** Address in place of AWS', as of a store in the cluster. @default AWS' of the region */
  readonly endpoint?: string;
  /** Key of AWS. @default the identity of the service account */
  readonly key?: AwsKey;
}

/** Lines as compressed files into a bucket of Google Cloud Storage. */
export interface GcsSinkProps extends CommonSinkProps, Pick<ReachedProps, 'cidrs'> {
  /** The kind of sink. */
  readonly type: 'gcs';
  /** Name of the bucket; it must be there. */
  readonly bucket: string;
  /** Id of the project. @default the cluster's */
  readonly project?: string;
  /** Folder in the bucket; a folder for each day stands in it. @default 'logs' */
  readonly prefix?: string;
  /** File with the key of a service account, by `fileFromSecret`. @default the identity of the service account */
  readonly key?: FileSource;
}

const COMMON = { type: 'text', name: 'text', filter: 'any', buffer: 'any', bucket: 'text', prefix: 'text', key: 'any' } as const;
/** Options of an S3 sink. */
export const S3_SHAPES: Shapes<S3SinkProps> = { ...COMMON, ...REACHED_SHAPES, region: 'text', endpoint: 'text' };
/** Options of a GCS sink. */
export const GCS_SHAPES: Shapes<GcsSinkProps> = { ...COMMON, cidrs: 'texts', project: 'text' };
const KEY_SHAPES: Shapes<AwsKey> = { id: 'any', secret: 'any' };

const BUCKET = /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/;
const BUCKET_FORM = 'the name of a bucket is required: 3 to 63 lower-case letters, digits, "-", "_" and "."';
/** No leading slash, no placeholder. */
const PREFIX = /^[A-Za-z0-9][\w./-]*$/;
const PREFIX_FORM = 'letters, digits, "-", "_", "." and "/" are allowed, a letter or digit first';
const REGION = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** Unique by the chunk: a delivery that is tried again writes the same file, and nothing must be read to find a free name. */
const OBJECT = '%{path}%{time_slice}_%{hex_random}.%{file_extension}';
const JSON_LINES = section('format', '', { '@type': 'json' });
const HTTPS = 443;

/** Reads a key of AWS. */
export function readAwsKey(problems: Mistakes, prop: string, given: AwsKey | undefined): Partial<AwsKey> {
  if (given === undefined) return {};
  const { id, secret } = readOptions<AwsKey>(problems, prop, given, KEY_SHAPES);
  for (const [part, value] of Object.entries({ id, secret })) if (value === undefined) problems.refuse(`${prop}.${part}`, "it is required; use fileFromSecret('name', 'key')");
  return Object.fromEntries(Object.entries({ id: readSecret(problems, `${prop}.id`, id), secret: readSecret(problems, `${prop}.secret`, secret) }).filter(([, value]) => value));
}

const folder = (prefix: string): string => `${prefix.replace(/\/$/, '')}/%Y/%m/%d/`;

/** Reads an S3 sink. */
export const readS3: SinkReader<S3SinkProps> = (problems, prop, props) => {
  const { prefix = 'logs', endpoint } = props;
  const bucket = requireText(problems, `${prop}.bucket`, props.bucket, BUCKET, BUCKET_FORM);
  const region = requireText(problems, `${prop}.region`, props.region, REGION, 'the name of a region is required, such as "eu-central-1"');
  requireText(problems, `${prop}.prefix`, prefix, PREFIX, PREFIX_FORM);
  const address = endpoint === undefined ? undefined : readUrl(problems, `${prop}.endpoint`, endpoint);
  if (props.to !== undefined && endpoint === undefined) problems.refuse(`${prop}.endpoint`, "it is required with 'to': the address of that store");
  const { id, secret } = readAwsKey(problems, `${prop}.key`, props.key);
  return {
    plugin: 's3', variant: 's3', files: true, identity: props.key === undefined,
    parameters: {
      s3_bucket: bucket, s3_region: region, s3_endpoint: address?.url.href, force_path_style: address ? true : undefined,
      aws_key_id: contentOf(id), aws_sec_key: contentOf(secret),
      path: folder(prefix), s3_object_key_format: OBJECT, hex_random_length: 16, store_as: 'gzip',
      // Its rights are to write objects, nothing else; and a bucket that cannot be reached must not keep FluentD from starting.
      auto_create_bucket: false, check_bucket: false, check_object: false, check_apikey_on_start: false,
    },
    sections: [JSON_LINES],
    sources: present(id, secret),
    ...reach(props, [address?.port ?? HTTPS]),
  };
};

/** Reads a GCS sink. */
export const readGcs: SinkReader<GcsSinkProps> = (problems, prop, props) => {
  const { prefix = 'logs', project, cidrs } = props;
  const bucket = requireText(problems, `${prop}.bucket`, props.bucket, BUCKET, BUCKET_FORM);
  requireText(problems, `${prop}.prefix`, prefix, PREFIX, PREFIX_FORM);
  if (project !== undefined) requireText(problems, `${prop}.project`, project, /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, 'the id of a project is allowed: 6 to 30 lower-case letters, digits and "-"');
  const key = readSecret(problems, `${prop}.key`, props.key);
  return {
    plugin: 'gcs', variant: 'gcs', files: true, identity: props.key === undefined,
    parameters: { project, keyfile: pathOf(key), bucket, path: folder(prefix), object_key_format: OBJECT, hex_random_length: 16, store_as: 'gzip', auto_create_bucket: false, blind_write: true },
    sections: [JSON_LINES],
    sources: present(key),
    ...reach({ ...(cidrs ? { cidrs } : {}) }, [HTTPS]),
  };
};
