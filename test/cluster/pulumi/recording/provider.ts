/**
 * A stand-in for Pulumi's Kubernetes provider that has no cluster: it records what it is asked for, and gives back what it
 * got. Like the real one it replaces an object whose name changes, deletes first where the name stays, and can't change the
 * pods of a Job. An object whose annotation `test/fail` is `true` can't be made.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { main, type DiffResult, type Provider } from '@pulumi/pulumi/provider';
import { at } from '../../../../lib/core/paths';

type Props = Record<string, unknown>;

/** A failure that a test asks for: `delete Deployment/shop/web`. */
const wanted = () => (existsSync(process.env.TEST_PROVIDER_FAILURE!) ? readFileSync(process.env.TEST_PROVIDER_FAILURE!, 'utf8') : undefined);
const failAsAsked = (action: string, urn: string) => {
  if (wanted() === `${action} ${urn.split('::').at(-1)}`) throw new Error(`asked to fail: ${wanted()}`);
};

const record = (action: string, urn: string, inputs?: Props) => appendFileSync(process.env.TEST_PROVIDER_LOG!, `${JSON.stringify({ action, object: urn.split('::').at(-1), inputs })}\n`);

const SIGNATURE = '4dabf18193072939515e22adb298388d';

/** The values themselves, whether the engine marks them as secret one by one or as a whole. */
function unwrap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrap);
  if (typeof value !== 'object' || value === null) return value;
  if (SIGNATURE in value) return unwrap((value as unknown as { value: unknown }).value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrap(inner)]));
}

const comparable = ({ status: _, ...props }: Props): unknown => unwrap(props);

const provider: Provider = {
  version: '4.34.0',
  check: async (_urn, _olds, news: Props) => ({ inputs: news }),
  diff: async (_id, urn, olds: Props, news: Props): Promise<DiffResult> => {
    const changed = (...path: string[]) => !isDeepStrictEqual(at(olds, ...path), at(news, ...path));
    const renamed = changed('metadata', 'name') || changed('metadata', 'namespace');
    const replaces = [...(renamed ? ['metadata.name'] : []), ...(urn.includes(':Job::') && changed('spec', 'template') ? ['spec.template'] : [])];
    return { changes: !isDeepStrictEqual(comparable(olds), comparable(news)), replaces, deleteBeforeReplace: replaces.length > 0 && !renamed };
  },
  create: async (urn, inputs: Props) => {
    failAsAsked('create', urn);
    record('create', urn, inputs);
    if (at(inputs, 'metadata', 'annotations', 'test/fail') === 'true') throw new Error('the Job failed: BackoffLimitExceeded');
    return { id: urn.split('::').at(-1)!, outs: { ...inputs, status: {} } };
  },
  update: async (_id, urn, _olds, news: Props) => {
    record('update', urn, news);
    return { outs: { ...news, status: {} } };
  },
  delete: async (_id, urn) => {
    failAsAsked('delete', urn);
    record('delete', urn);
  },
  read: async (id, _urn, props) => ({ id, props, inputs: props as Props }),
};

void main(provider, process.argv.slice(2));
