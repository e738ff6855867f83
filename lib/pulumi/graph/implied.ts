import { groupOf } from '../../core/kinds';
import { identityOf, type DeployedObject } from '../deployed-object';
import { listAt, objectAt, textAt } from '../../core/paths';
import { podTemplate } from '../pod-template';
import type { Edges } from './edges';
import { objectReferences, secretMadeBy } from './object-references';
import { identityOfReference } from './reference';
import { PodIndex } from './selection';

/** What lets requests in: it comes last, when the pods behind it are ready. */
const ROUTES = ['Ingress', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute', 'ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'APIService'];
/** What holds for pods when they start. */
const LIMITS = ['ResourceQuota', 'LimitRange'];
const BINDINGS = ['RoleBinding', 'ClusterRoleBinding'];

/** Adds the order that follows from the objects themselves. */
export function addImplied(objects: readonly DeployedObject[], edges: Edges): void {
  new Implied(objects, edges).add();
}

class Implied {
  private readonly byIdentity = new Map<string, DeployedObject>();
  private readonly makers = new Map<string, DeployedObject>();
  private readonly definitions = new Map<string, DeployedObject>();
  private readonly bindings = new Map<string, DeployedObject[]>();
  private readonly pods: PodIndex;

  public constructor(
    private readonly objects: readonly DeployedObject[],
    private readonly edges: Edges,
  ) {
    this.pods = new PodIndex(objects);
    for (const object of objects) this.index(object);
  }

  public add(): void {
    for (const object of this.objects) {
      this.addSurroundings(object);
      const references = objectReferences(object).map(identityOfReference);
      for (const identity of references) this.addReference(object, identity);
      if (podTemplate(object)) for (const identity of references) for (const binding of this.bindings.get(identity) ?? []) this.edges.add(object, binding);
      if (ROUTES.includes(object.kind)) for (const identity of references) this.addBehind(object, this.byIdentity.get(identity));
      if (object.kind === 'NetworkPolicy') this.addBefore(object, objectAt(object.manifest, 'spec', 'podSelector', 'matchLabels'));
      if (LIMITS.includes(object.kind)) this.addBefore(object, {});
    }
  }

  private index(object: DeployedObject): void {
    this.byIdentity.set(object.identity, object);
    const made = secretMadeBy(object);
    if (made) this.makers.set(identityOfReference(made), object);
    if (object.kind === 'CustomResourceDefinition') this.definitions.set(`${textAt(object.manifest, 'spec', 'group')}/${textAt(object.manifest, 'spec', 'names', 'kind')}`, object);
    if (!BINDINGS.includes(object.kind)) return;
    for (const { kind, name, namespace = object.namespace } of listAt(object.manifest, 'subjects')) {
      if (kind !== 'ServiceAccount') continue;
      const account = identityOf('ServiceAccount', namespace as string | undefined, String(name));
      this.bindings.set(account, [...(this.bindings.get(account) ?? []), object]);
    }
  }

  /** The namespace that it stands in, and the definition of its kind. */
  private addSurroundings(object: DeployedObject): void {
    const definition = this.definitions.get(`${groupOf(object.apiVersion)}/${object.kind}`);
    if (definition) this.edges.add(object, definition);
    if (object.namespace !== undefined) this.addReference(object, `Namespace/${object.namespace}`);
    const service = object.kind === 'StatefulSet' ? textAt(object.manifest, 'spec', 'serviceName') : undefined;
    const governing = service === undefined ? undefined : this.byIdentity.get(identityOf('Service', object.namespace, service));
    // Pods of a StatefulSet find each other through it. One with an address waits for its pods, and so cannot go first.
    if (governing && textAt(governing.manifest, 'spec', 'clusterIP') === 'None') this.edges.add(object, governing);
  }

  private addReference(object: DeployedObject, identity: string): void {
    const found = this.byIdentity.get(identity) ?? this.makers.get(identity);
    if (found) this.edges.add(object, found);
  }

  /** The pods behind a Service that requests are led to. */
  private addBehind(object: DeployedObject, service: DeployedObject | undefined): void {
    if (service?.kind !== 'Service') return;
    const selector = objectAt(service.manifest, 'spec', 'selector');
    if (Object.keys(selector).length > 0) for (const workload of this.pods.select(service.namespace, selector)) this.edges.add(object, workload);
  }

  /** Pods wait for what limits or protects them. */
  private addBefore(object: DeployedObject, selector: Readonly<Record<string, unknown>>): void {
    for (const workload of this.pods.select(object.namespace, selector)) this.edges.add(workload, object);
  }
}
