import type { FileSource } from '../../config/files';
import { compact, type JsonObject } from '../../core/json';
import { Manifest } from '../../core/manifest';
import type { Mistakes } from '../../core/problems';
import type { Construct } from 'constructs';
import type { RemoteWrite } from '../prometheus/remote-write';
import { relabelings } from './relabel';

const keyOf = ({ name, key }: FileSource): JsonObject => ({ name, key });

/** The receivers of remote writes as the operator's Prometheus has them; credentials stay keys of their Secrets. */
export function remoteWrites(scope: Construct, problems: Mistakes, writes: readonly RemoteWrite[]): JsonObject[] {
  return writes.map(({ config, auth }, index) => {
    const { name, url, headers, write_relabel_configs: steps } = config as typeof config & { readonly write_relabel_configs?: Parameters<typeof relabelings>[0]; readonly headers?: JsonObject };
    if (auth && 'google' in auth) problems.add(`prometheus.remoteWrite[${index}].auth.google`, true, "prometheus-operator has no way to write with a Google identity; take mode: 'plain' for this store, or mode: 'google', which writes to Google Cloud by itself");
    return compact({ name, url, headers, ...authOf(scope, name, auth), writeRelabelConfigs: steps && relabelings(steps) })!;
  });
}

function authOf(scope: Construct, store: string, auth: RemoteWrite['auth']): JsonObject {
  if (auth && 'basic' in auth) {
    const { username, password } = auth.basic;
    return { basicAuth: { username: usernameKey(scope, store, username), password: keyOf(password) } };
  }
  if (auth && 'bearer' in auth) return { authorization: { credentials: keyOf(auth.bearer) } };
  return auth && 'sigv4' in auth ? { sigv4: compact({ region: auth.sigv4.region, roleArn: auth.sigv4.roleArn }) } : {};
}

/** The operator takes user names from Secrets alone, secret or not. */
function usernameKey(scope: Construct, store: string, username: string): JsonObject {
  const name = `prometheus-remote-write-${store}`;
  new Manifest(scope, name, { apiVersion: 'v1', kind: 'Secret', metadata: { name, labels: { 'app.kubernetes.io/managed-by': 'fairlead' } }, type: 'Opaque', stringData: { username } });
  return { name, key: 'username' };
}
