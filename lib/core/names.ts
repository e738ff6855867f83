const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SERVICE_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
const QUALIFIED = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const CONFIG_KEY = /^[-._a-zA-Z0-9]+$/;
const PORT_NAME = /^(?!.*--)(?=.*[a-z])[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Each check gives undefined for a good value, else what is allowed. */
export type Check = (value: string) => string | undefined;

/** RFC 1123 label, the strictest name: fits a Service, a Namespace, a container and a label value. */
export const checkDnsLabel: Check = (name) => {
  if (name.length > 63) return `at most 63 characters are allowed, this has ${name.length}; shorten it`;
  return LABEL.test(name) ? undefined : 'lower-case letters, digits and "-" are allowed, a letter or digit first and last';
};

/** RFC 1035 label: what a Service may be called (no digit first). */
export const checkServiceName: Check = (name) =>
  checkDnsLabel(name) ?? (SERVICE_LABEL.test(name) ? undefined : 'a letter must come first: the name is a Service and so a DNS name');

/** RFC 1123 subdomain: dot-separated labels, 253 characters at most. */
export const checkDnsSubdomain: Check = (name) => {
  if (name.length > 253) return `at most 253 characters are allowed, this has ${name.length}`;
  return name.split('.').every((part) => LABEL.test(part)) ? undefined : 'lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part';
};

/** A host name of a route; one leading `*.` is allowed. */
export const checkHost: Check = (host) => {
  const plain = host.startsWith('*.') ? host.slice(2) : host;
  if (/^\d+(\.\d+){3}$/.test(plain)) return 'a host name is allowed, not an address';
  if (/[/:]/.test(plain)) return 'a bare host name is allowed, without scheme, port or path';
  if (plain.split('.').some((part) => part.length > 63)) return 'at most 63 characters between two dots are allowed';
  return checkDnsSubdomain(plain);
};

/** Whether a name, which may be a wildcard for what lies right below a domain, stands for the host. */
export const covers = (name: string, host: string): boolean => name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1));

/** A label or annotation key: an optional DNS prefix, then a name of at most 63 characters. */
export const checkLabelKey: Check = (key) => {
  const slash = key.indexOf('/');
  const name = key.slice(slash + 1);
  const prefix = slash < 0 ? undefined : checkDnsSubdomain(key.slice(0, slash));
  if (prefix !== undefined) return `the prefix before "/" must be a DNS name: ${prefix}`;
  if (name.length > 63) return `at most 63 characters are allowed after the prefix, this has ${name.length}`;
  return QUALIFIED.test(name) ? undefined : 'letters, digits, "-", "_" and "." are allowed, a letter or digit first and last';
};

/** A label value. */
export const checkLabelValue: Check = (value) => {
  if (value.length > 63) return `at most 63 characters are allowed in a label, this has ${value.length}; use an annotation for long text`;
  return LABEL_VALUE.test(value) ? undefined : 'letters, digits, "-", "_" and "." are allowed in a label, a letter or digit first and last; use an annotation for other text';
};

/** The name of an environment variable that every shell and API server version takes. */
export const checkEnvName: Check = (name) => (ENV_NAME.test(name) ? undefined : 'letters, digits and "_" are allowed, no digit first');

/** A key of a ConfigMap or Secret. */
export const checkConfigKey: Check = (key) =>
  key.length <= 253 && key !== '.' && !key.startsWith('..') && CONFIG_KEY.test(key) ? undefined : 'letters, digits, "-", "_" and "." are allowed, 253 characters at most';

/** The name of a port: 15 characters at most. */
export const checkPortName: Check = (name) =>
  name.length <= 15 && PORT_NAME.test(name) ? undefined : 'at most 15 lower-case letters, digits and single "-" are allowed, with at least one letter';

/** A relative path that stays where it starts. */
export const checkRelativePath: Check = (path) => (path !== '' && !path.startsWith('/') && !path.split('/').includes('..') ? undefined : 'a relative path without ".." is allowed');

/** `sidecarFiles` as `sidecar-files`. */
export const kebabCase = (property: string): string => property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `my-sidecar` as `mySidecar`. */
export const camelCase = (name: string): string => name.replace(/-+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
