import type { Chart } from 'cdk8s';
import { ExternalSecret, SealedSecret, type ExternalSecretProps, type SealedSecretProps } from '../../lib';
import { only, problemsOf, render, type AnyProps } from '../support';
import { sealed } from './sealed';

const external = (props: AnyProps = {}) => (chart: Chart) => new ExternalSecret(chart, 'db', { store: 'vault', keys: { password: 'prod/db' }, ...props } as unknown as ExternalSecretProps);
const sealedSecret = (props: AnyProps = {}) => (chart: Chart) => new SealedSecret(chart, 'db', { encryptedData: { password: sealed() }, ...props } as unknown as SealedSecretProps);
const specOf = (build: (chart: Chart) => unknown, kind: string) => only(render((chart) => void build(chart)), kind).spec as Record<string, unknown>;

describe('an ExternalSecret', () => {
  it('makes a Secret of its own name from a store of the namespace, asked every hour', () => {
    expect(only(render(external()), 'ExternalSecret')).toEqual({
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'db', namespace: 'shop', labels: { 'app.kubernetes.io/managed-by': 'fairlead' } },
      spec: { refreshInterval: '1h', secretStoreRef: { kind: 'SecretStore', name: 'vault' }, target: { name: 'db', creationPolicy: 'Owner' }, data: [{ secretKey: 'password', remoteRef: { key: 'prod/db' } }] },
    });
  });
  it('may have another name, a store of the cluster, another interval and fields of entries', () => {
    const spec = specOf(external({ name: 'other', store: { name: 'aws', kind: 'ClusterSecretStore' }, refreshInterval: '1h30m', keys: { a: { key: 'x', property: 'p', version: '2' } } }), 'ExternalSecret');
    expect(spec).toEqual({ refreshInterval: '1h30m', secretStoreRef: { kind: 'ClusterSecretStore', name: 'aws' }, target: { name: 'other', creationPolicy: 'Owner' }, data: [{ secretKey: 'a', remoteRef: { key: 'x', property: 'p', version: '2' } }] });
  });
  it('takes a patch', () => expect(specOf(external({ patch: { spec: { target: { deletionPolicy: 'Retain' } } } }), 'ExternalSecret')).toHaveProperty('target.deletionPolicy', 'Retain'));

  it.each<[AnyProps, string]>([
    [{ name: 'Db' }, 'name: got "Db"; lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    [{ name: 5 }, 'name: got 5; text is allowed; put it in quotes'],
    [{ store: undefined }, 'store: got nothing; text is allowed'],
    [{ store: 5 }, 'store: got 5; text is allowed; put it in quotes'],
    [{ store: 'A' }, 'store: got "A"; lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    [{ store: { name: 'a', kind: 'Store' } }, "store.kind: got \"Store\"; 'SecretStore' and 'ClusterSecretStore' are allowed"],
    [{ store: { name: 'a', knd: 'x' } }, 'store.knd: got "x"; no such prop here; did you mean "kind"?'],
    [{ keys: {} }, 'keys: got {}; at least one key is required'],
    [{ keys: undefined }, 'keys: got nothing; at least one key is required'],
    [{ keys: { 'a b': 'x' } }, 'keys.a b: got "a b"; letters, digits, "-", "_" and "." are allowed, 253 characters at most'],
    [{ keys: { a: '' } }, 'keys.a: got ""; the name of an entry in the store is required'],
    [{ keys: { a: null } }, 'keys.a: got null; text is allowed'],
    [{ keys: { a: { key: 'x', propery: 'y' } } }, 'keys.a.propery: got "y"; no such prop here; did you mean "property"?'],
    [{ refreshInterval: '1d' }, 'refreshInterval: got "1d"; a duration such as "1h" or "15m" is allowed'],
    [{ refreshInterval: 60 }, 'refreshInterval: got 60; text is allowed; put it in quotes'],
    [{ patch: 'x' }, 'patch: got "x"; an object to merge in, or a list of JsonPatch operations, is allowed'],
    [{ stores: 'x' }, 'stores: got "x"; no such prop here; did you mean "store"?'],
  ])('%j is refused', (props, message) => expect(problemsOf((chart) => void external(props)(chart))[0]).toBe(`[chart/db] ${message}`));

  it('without props is reported, not thrown', () => expect(problemsOf((chart) => void new ExternalSecret(chart, 'db', undefined as never))).toContain('[chart/db] keys: got nothing; at least one key is required'));
});

describe('a SealedSecret', () => {
  it('carries what kubeseal encrypted, bound to name and namespace', () => {
    expect(only(render(sealedSecret()), 'SealedSecret')).toEqual({
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      metadata: { name: 'db', namespace: 'shop', labels: { 'app.kubernetes.io/managed-by': 'fairlead' } },
      spec: { encryptedData: { password: sealed() }, template: { type: 'Opaque', metadata: { name: 'db' } } },
    });
  });
  it.each(['namespace-wide', 'cluster-wide'])('may be bound %s', (scope) => {
    const annotations = { [`sealedsecrets.bitnami.com/${scope}`]: 'true' };
    expect(only(render(sealedSecret({ scope })), 'SealedSecret')).toMatchObject({ metadata: { annotations }, spec: { template: { metadata: { annotations } } } });
  });
  it('may have another name and type, and takes a patch', () => {
    const manifest = only(render(sealedSecret({ name: 'other', type: 'kubernetes.io/tls', patch: { metadata: { annotations: { a: 'b' } } } })), 'SealedSecret');
    expect(manifest).toMatchObject({ metadata: { name: 'other', annotations: { a: 'b' } }, spec: { template: { type: 'kubernetes.io/tls', metadata: { name: 'other' } } } });
  });
  it.each([256, 384, 512, 1024])('may be encrypted with a key of %d bytes', (length) => expect(problemsOf(sealedSecret({ encryptedData: { a: sealed(length) } }))).toEqual([]));

  const CLEAR = 'got a value that kubeseal did not encrypt (not shown: it may be the secret itself); run kubeseal and paste what it prints';
  const pem = Buffer.from(`-----BEGIN PRIVATE KEY-----\n${'x'.repeat(2000)}`).toString('base64');
  it.each<[string, unknown]>([['a word', 'hunter2'], ['a long word', 'x'.repeat(900)], ['base64 of a private key', pem], ['nothing', ''], ['a number', 5], ['too short a cipher', sealed(512, 15)]])('does not take %s for encrypted', (_, value) => {
    expect(problemsOf(sealedSecret({ encryptedData: { password: value } }))).toContain(`[chart/db] encryptedData.password: ${CLEAR}`);
  });
  it.each<[AnyProps]>([[{ encryptedData: { password: 'hunter2' } }], [{ encryptedData: 'hunter2' }], [{ stringData: { password: 'hunter2' } }], [{ data: 'hunter2' }]])('never shows what may be a secret in clear', (props) => {
    const problems = problemsOf(sealedSecret(props));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join('\n').replace(/\[chart\/db\/sealedSecret\].*/g, '')).not.toContain('hunter2');
  });

  it.each<[AnyProps, string]>([
    [{ name: 'Db' }, 'name: got "Db"; lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    [{ encryptedData: {} }, 'encryptedData: an object with at least one key is required'],
    [{ encryptedData: { 'a b': sealed() } }, 'encryptedData.a b: got "a b"; letters, digits, "-", "_" and "." are allowed, 253 characters at most'],
    [{ scope: 'wide' }, 'scope: got "wide"; strict, namespace-wide and cluster-wide are allowed'],
    [{ stringData: { a: 'b' } }, 'stringData: no such prop here'],
    [{ type: 5 }, 'type: got 5; text is allowed; put it in quotes'],
    [{ patch: 5 }, 'patch: got 5; an object to merge in, or a list of JsonPatch operations, is allowed'],
  ])('%j is refused', (props, message) => expect(problemsOf(sealedSecret(props))[0]).toBe(`[chart/db] ${message}`));
});
