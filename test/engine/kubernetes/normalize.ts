import { at, hasUnknown, isObject, objectAt, withValue, type Props } from './values';

/** What the API server fills in and nobody declares. */
const READ_ONLY = ['creationTimestamp', 'deletionGracePeriodSeconds', 'deletionTimestamp', 'generation', 'managedFields', 'resourceVersion', 'uid'];

/** The object in the form in which the API server keeps it, so that two that mean the same are equal. */
export function normalize(object: Props): Props {
  const form = hasUnknown(object) ? object : FORMS[`${String(object.apiVersion)}/${String(object.kind)}`]?.(object) ?? object;
  return READ_ONLY.reduce((result, key) => (at(result, 'metadata', key) === undefined ? result : withValue(result, ['metadata', key], undefined)), form);
}

const FORMS: Readonly<Record<string, (object: Props) => Props>> = {
  'v1/Secret': normalizeSecret,
  'apiextensions.k8s.io/v1/CustomResourceDefinition': ({ status: _, ...definition }) => definition,
};

/** `stringData` is only ever written; what is read is `data`, in which it wins. */
function normalizeSecret({ stringData, ...object }: Props): Props {
  const encode = (text: unknown) => Buffer.from(String(text)).toString('base64');
  const written = Object.entries(isObject(stringData) ? stringData : {}).map(([key, text]) => [key, encode(text)]);
  const kept = Object.entries(objectAt(object, 'data')).map(([key, text]) => [key, Buffer.from(String(text), 'base64').toString('base64')]);
  return written.length + kept.length === 0 ? object : { ...object, data: Object.fromEntries([...kept, ...written]) };
}

/** What of the live object the inputs speak of: the rest is nobody's business. */
export function prune(live: Props, inputs: Props): Props {
  return Object.fromEntries(Object.entries(live).filter(([key]) => Object.hasOwn(inputs, key)).map(([key, value]) => [key, pruneValue(value, inputs[key])]));
}

function pruneValue(live: unknown, input: unknown): unknown {
  if (isObject(live) && isObject(input)) return prune(live, input);
  if (Array.isArray(live) && Array.isArray(input)) return live.slice(0, input.length).map((item, index) => pruneValue(item, input[index]));
  return live;
}
