import { show } from '../../../core/problems';
import { at, textAt } from '../../../core/paths';
import type { ObjectPolicy } from '../definition';

const OPEN = ['LoadBalancer', 'NodePort'];
const MEND = "reach it through an Ingress or HTTPRoute and leave the type at ClusterIP, or except it by name where it is the way in";

/** Services stay inside of the cluster. */
export const exposedServices: ObjectPolicy = {
  promise: 'Services are not of type LoadBalancer or NodePort and have no externalIPs',
  reason: 'each is a way in besides the routes, without their TLS and limits',
  level: 'advisory',
  check: (subject) => {
    if (subject.fullKind !== 'Service') return [];
    const type = textAt(subject.manifest, 'spec', 'type');
    const addresses = at(subject.manifest, 'spec', 'externalIPs');
    return [
      ...(type !== undefined && OPEN.includes(type) ? [{ subject, path: ['spec', 'type'], got: show(type), mend: MEND }] : []),
      ...(Array.isArray(addresses) && addresses.length > 0 ? [{ subject, path: ['spec', 'externalIPs'], got: show(addresses), mend: MEND }] : []),
    ];
  },
};
