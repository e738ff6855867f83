import type { Application } from '../core/application';
import { readObject, type Shapes } from '../core/forms';
import { isPlainObject } from '../core/json';
import { sentenceList } from '../core/suggest';

/**
 * What image references an environment takes, from lax to strict:
 * `any` (even none or `latest`), `tag` (a tag other than `latest`, or a digest), `fixed` (a tag that names one build, such
 * as `1.4.2`, a commit or a date, or a digest), `digest` (a digest).
 */
export type ImagePolicy = 'any' | 'tag' | 'fixed' | 'digest';

/** When the node pulls an image. */
export type ImagePullPolicy = 'Always' | 'IfNotPresent' | 'Never';

/** An image in parts. */
export interface ImageProps {
  /** Registry and repository: `ghcr.io/acme/shop`. */
  readonly repository: string;
  /** Tag. @default none: then a digest is needed */
  readonly tag?: string;
  /** Digest: `sha256:` and 64 hexadecimal digits. @default none */
  readonly digest?: string;
}

/** An image: one reference, or its parts. */
export type ImageInput = string | ImageProps;

const SHAPES: Shapes<ImageProps> = { repository: 'text', tag: 'text', digest: 'text' };
/** The values of {@link ImagePolicy}. */
export const IMAGE_POLICIES: readonly ImagePolicy[] = ['any', 'tag', 'fixed', 'digest'];
const PULL_POLICIES: readonly ImagePullPolicy[] = ['Always', 'IfNotPresent', 'Never'];
const REPOSITORY = /^(?:[a-zA-Z0-9][-.a-zA-Z0-9]*(?::\d{1,5})?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
/** A full version, a date or a commit: something that is not pushed twice. */
const FIXED_TAG = /(?:^|[^0-9])\d+\.\d+\.\d+(?:$|[^0-9])|(?:^|[-_.])[0-9a-f]{7,40}(?:$|[-_.])|\d{8}/;

/** Takes a reference apart. */
export function parseImage(image: ImageInput): ImageProps {
  if (typeof image !== 'string') return image;
  const at = image.indexOf('@');
  const beforeDigest = at < 0 ? image : image.slice(0, at);
  const colon = beforeDigest.lastIndexOf(':');
  const tagged = colon > beforeDigest.lastIndexOf('/');
  return {
    repository: tagged ? beforeDigest.slice(0, colon) : beforeDigest,
    ...(tagged ? { tag: beforeDigest.slice(colon + 1) } : {}),
    ...(at < 0 ? {} : { digest: image.slice(at + 1) }),
  };
}

/** Puts a reference together. */
export function formatImage({ repository, tag, digest }: ImageProps): string {
  return `${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** What is wrong with a reference where the policy holds; undefined if nothing is. */
export function policyProblem({ tag, digest }: ImageProps, policy: ImagePolicy): string | undefined {
  if (digest !== undefined || policy === 'any') return undefined;
  if (policy === 'digest') return "a digest is required here (image policy 'digest'); write repository@sha256:…";
  if (tag === undefined) return `a tag or digest is required here (image policy '${policy}'); without one the node runs whatever is newest`;
  if (tag === 'latest') return `'latest' is not allowed here (image policy '${policy}'); name a version`;
  if (policy === 'fixed' && !FIXED_TAG.test(tag)) return `'${tag}' may be pushed again (image policy 'fixed'); name a full version such as 1.4.2, a commit or a digest`;
  return undefined;
}

/** Checks an image against its form and the environment's policy; gives the reference and the pull policy that follows. */
export function readImage(application: Application, prop: string, image: ImageInput, pullPolicy: ImagePullPolicy | undefined): { image: string; imagePullPolicy: ImagePullPolicy } {
  const { problems } = application;
  const parsed: Partial<ImageProps> = typeof image === 'string' ? parseImage(image) : isPlainObject(image) ? readObject<ImageProps>(problems, prop, image, SHAPES) : {};
  const { repository = '', tag, digest } = parsed;
  if (tag !== undefined && !TAG.test(tag)) problems.add(`${prop}.tag`, tag, 'letters, digits, "_", "." and "-" are allowed in a tag, 128 at most');
  if (digest !== undefined && !DIGEST.test(digest)) problems.add(`${prop}.digest`, digest, 'sha256: and 64 hexadecimal digits are allowed');
  const policy = readPolicy(application);
  const wrong = REPOSITORY.test(repository) ? policyProblem(parseImage(image), policy) : 'a repository with tag or digest is allowed, such as "ghcr.io/acme/shop:1.4.2"';
  if (wrong) problems.add(prop, image, wrong);
  if (pullPolicy !== undefined && !PULL_POLICIES.includes(pullPolicy)) problems.add(`${prop}PullPolicy`, pullPolicy, `${sentenceList(PULL_POLICIES)} are allowed`);
  return { image: formatImage({ repository, ...parsed }), imagePullPolicy: pullPolicy ?? derivedPullPolicy(application, prop, parsed) };
}

function readPolicy(application: Application): ImagePolicy {
  const policy = application.setting('imagePolicy', undefined, 'tag', 'an image without a tag changes under a running release');
  if (!IMAGE_POLICIES.includes(policy)) application.problems.add('defaults.imagePolicy', policy, `${sentenceList(IMAGE_POLICIES)} are allowed`);
  return policy;
}

function derivedPullPolicy(application: Application, prop: string, image: Partial<ImageProps>): ImagePullPolicy {
  const moving = image.digest === undefined && (image.tag === undefined || image.tag === 'latest');
  const why = moving ? "'latest', also where it goes without saying, moves, so a node must look each time" : 'a tag or digest stands for one build, so a copy on the node will do';
  return application.decide(`${prop}PullPolicy`, moving ? 'Always' : 'IfNotPresent', why);
}
