import type { JsonObject } from '../../../core/json';
import { covers } from '../../../core/names';
import { show } from '../../../core/problems';
import { listAt, objectAt } from '../../../core/paths';
import type { ObjectPolicy } from '../definition';

/** Annotations by which controllers take a certificate from elsewhere. */
const ELSEWHERE = ['alb.ingress.kubernetes.io/certificate-arn', 'networking.gke.io/managed-certificates', 'ingress.gcp.kubernetes.io/pre-shared-cert', 'traefik.ingress.kubernetes.io/router.tls', 'route.openshift.io/termination'];

/** Routes are encrypted. */
export const ingressTls: ObjectPolicy = {
  promise: 'Every host of an Ingress has TLS, of its own or by an annotation of its controller',
  reason: 'what goes over the network in clear can be read and changed on its way',
  level: 'advisory',
  check: (subject) => {
    const { fullKind, manifest } = subject;
    const annotations = objectAt(manifest, 'metadata', 'annotations');
    if (fullKind !== 'Ingress' || ELSEWHERE.some((key) => key in annotations)) return [];
    const covered = listAt(manifest, 'spec', 'tls');
    const rules = listAt(manifest, 'spec', 'rules');
    const open = rules.length === 0 && covered.length === 0 ? [{ path: ['spec', 'tls'], host: undefined }] : rules.flatMap(({ host }, index) => (isCovered(host, covered) ? [] : [{ path: ['spec', 'rules', index, 'host'], host }]));
    const restsOn = [['spec', 'tls'], ['spec', 'rules'], ['metadata', 'annotations']].map((path) => ({ subject, path }));
    return open.map(({ path, host }) => ({ subject, path, got: host === undefined ? 'no TLS' : `${show(host)} without TLS`, mend: 'put it into spec.tls, with the Secret of a certificate', restsOn }));
  },
};

/** Entries without hosts are for all. */
function isCovered(host: unknown, covered: readonly JsonObject[]): boolean {
  return covered.some(({ hosts }) => {
    if (!Array.isArray(hosts) || hosts.length === 0 || typeof host !== 'string') return true;
    return hosts.some((name) => typeof name === 'string' && covers(name, host));
  });
}
