import fc from 'fast-check';

const quote = (text: string) => JSON.stringify(text);

/** A whole number in one of the ways to write it. */
function whole(min: number, max: number): fc.Arbitrary<string> {
  return fc.integer({ min, max }).chain((value) => fc.constantFrom(`${value}`, `"${value}"`, `'${value}'`, `${value}.0`, `+${value}`));
}

const flag = fc.constantFrom('true', '"true"', 'True', 'false', "'false'", 'FALSE');

const fraction = fc.double({ min: 0, max: 1, noNaN: true }).chain((value) => fc.constantFrom(`${value}`, quote(`${value}`)));

/** Text, mostly of the kind that some reader of YAML takes for something else. */
const text = fc
  .oneof(fc.string({ unit: 'grapheme-ascii' }), fc.constantFrom('yes', 'on', '~', 'null', '08', '1_0', '0x1', '1.30', '2024-01-01', '<<', '=', '12:30', '', ' ', 'true', '- a', 'a: b', '#', 'line\nline\n'))
  .map(quote);

const image = fc.constantFrom('registry.example/app:1.4', '"registry.example/app:1.30"', 'app@sha256:00e1');

const key = fc
  .oneof(fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/), fc.constantFrom('yes', '08', '10', '2', 'constructor', 'null', 'a.b/c'))
  .filter((name) => name !== '__proto__' && name !== 'secure');

const variables = fc.uniqueArray(fc.tuple(key, text), { selector: ([name]) => name, maxLength: 6 }).map((pairs) => `{${pairs.map(([name, value]) => `${quote(name)}: ${value}`).join(', ')}}`);

const service = fc
  .record({ image, hosts: fc.array(text, { maxLength: 3 }).map((hosts) => `[${hosts.join(', ')}]`), variables, secure: fc.boolean() })
  .map((value) => `{image: ${value.image}, hosts: ${value.hosts}, variables: ${value.variables}${value.secure ? ', database: {secure: "v1:YWJjZGVm:YWJjZGVmZ2g="}' : ''}}`);

const cluster = fc
  .record({ version: fc.constantFrom('"1.30"', "'1.29'", '1.30.2', 'v1.31'), min: whole(0, 100), max: whole(1, 100), spot: fc.option(flag) })
  .map((value) => `{version: ${value.version}, nodes: {max: ${value.max}, min: ${value.min}}${value.spot === null ? '' : `, spot: ${value.spot}`}}`);

const entries = fc.record(
  { cluster, replicas: whole(1, 100), sampling: fraction, debug: flag, tier: fc.constantFrom('standard', '"premium"'), frontend: service, worker: service },
  { requiredKeys: ['cluster', 'replicas', 'debug', 'tier', 'frontend'] },
);

/** A valid file of the example schema, in any of the ways to write one. */
export const environmentFile: fc.Arbitrary<string> = entries.chain((values) =>
  fc.tuple(fc.shuffledSubarray(Object.entries(values), { minLength: Object.keys(values).length }), fc.infiniteStream(fc.constantFrom('', 'fairlead:', 'fairlead:config:'))).map(([pairs, prefixes]) => {
    const lines = pairs.map(([name, value]) => `  ${prefixes.next().value as string}${name}: ${value}`);
    return ['# Staging', 'encryptionsalt: v1:abc', 'config:', '  gcp:project: example', ...lines, ''].join('\n');
  }),
);
