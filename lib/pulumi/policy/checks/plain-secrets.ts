import { at, objectAt } from '../../../core/paths';
import type { Cluster } from '../cluster';
import type { StackPolicy, Violation } from '../definition';
import { containersOf } from '../pods';
import type { Subject } from '../subject';
import type { Path } from '../unknowns';

/** What nobody could take for anything else. */
const FORMS: readonly (readonly [what: string, form: RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ['a token of GitHub', /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60})/],
  ['a token of GitLab', /\bglpat-[-\w]{20}/],
  ['a token of Slack', /\bxox[abprs]-[-0-9A-Za-z]{20}/],
  ['a key of Stripe', /\b[sr]k_live_[0-9A-Za-z]{16}/],
  // Not where the password is a reference: $(PASSWORD), ${PASSWORD}, {{ password }}, <password>.
  ['a URL with a password', /\b[a-z][-a-z0-9+.]*:\/\/[^\s/:@]*:[^\s/@$<{]+@/],
];
/** Keys whose values are secret, among user names and addresses that are in Secrets too. */
const SECRET_KEY = /passw(?:or)?d|passphrase|token|secret|credential|private|api[-_.]?key/i;
/** Shorter values turn up by chance. */
const SHORTEST = 8;

interface Text {
  readonly subject: Subject;
  readonly path: Path;
  readonly text: string;
}

/** Secrets stand in Secrets alone. */
export const plainSecrets: StackPolicy = {
  promise: "Environment variables, arguments and ConfigMaps hold no credentials: nothing in a credential's form, and no value of a Secret of the stack",
  reason: 'whoever may see pods or ConfigMaps reads them, and they stay in clear in the state and the history',
  level: 'mandatory',
  checkAll: (cluster) => {
    const secrets = cluster.all('Secret').flatMap(valuesOf);
    return textsOf(cluster).flatMap((text) => judge(text, secrets));
  },
};

/** The value itself is not shown. */
function judge({ subject, path, text }: Text, secrets: readonly Text[]): Violation[] {
  const mend = 'put it into a Secret and refer to that: valueFrom.secretKeyRef, or a volume';
  const form = FORMS.find(([, pattern]) => pattern.test(text));
  if (form) return [{ subject, path, got: `${form[0]} (not shown)`, mend }];
  const secret = secrets.find((candidate) => text.includes(candidate.text));
  return secret ? [{ subject, path, got: `the value of ${secret.subject.identity}, key ${JSON.stringify(secret.path.at(-1))} (not shown)`, mend, restsOn: [secret] }] : [];
}

function valuesOf(subject: Subject): Text[] {
  return ['data', 'stringData'].flatMap((field) => Object.entries(objectAt(subject.manifest, field)).flatMap(([key, value]) => {
    if (typeof value !== 'string' || !SECRET_KEY.test(key)) return [];
    const text = (field === 'data' ? Buffer.from(value, 'base64').toString() : value).trim();
    return text.length < SHORTEST ? [] : [{ subject, path: [field, key], text }];
  }));
}

function textsOf(cluster: Cluster): Text[] {
  const config = cluster.all('ConfigMap').flatMap((subject) => Object.entries(objectAt(subject.manifest, 'data')).flatMap(([key, value]) => textAt(subject, ['data', key], value)));
  const pods = cluster.workloads.flatMap(({ subject, pods: own }) => containersOf(own).flatMap(({ container, path }) => {
    const variables = listOf(container.env).flatMap((variable, index) => textAt(subject, [...path, 'env', index, 'value'], at(variable, 'value')));
    const words = ['command', 'args'].flatMap((field) => listOf(container[field]).flatMap((word, index) => textAt(subject, [...path, field, index], word)));
    return [...variables, ...words];
  }));
  return [...config, ...pods];
}

const textAt = (subject: Subject, path: Path, value: unknown): Text[] => (typeof value === 'string' ? [{ subject, path, text: value }] : []);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
