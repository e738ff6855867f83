import { Certificate } from '@pulumi/aws/acm';
import { Record as DnsRecord, Zone } from '@pulumi/aws/route53';
import * as pulumi from '@pulumi/pulumi';
import { isProtected } from '../cluster/settings/common';
import { namesOf } from '../cluster/settings/hosts';
import { partitionOf } from './regions';
import { lasting, named, partOf, type Scope } from './scope';

/** Seconds for which a record is kept by those who looked it up. */
const TTL = 300;

/** What is made for the hosts. */
export interface Hosts {
  /** ARN of the zone. */
  readonly zoneArn: pulumi.Output<string>;
  /** The certificate; it is issued once the domain's registrar names the zone's name servers. */
  readonly certificate: Certificate;
  /** Name servers of the zone, where it was made here. */
  readonly nameServers?: pulumi.Output<readonly string[]>;
}

/** Makes zone and certificate of the hosts. The controller in the cluster makes their records, when it knows the load balancer. */
export function makeHosts(scope: Scope): Hosts | undefined {
  const { name, settings: { hosts, region } } = scope;
  if (hosts === undefined) return undefined;
  const [domainName, ...others] = namesOf(hosts);
  const zone = hosts.zone === undefined ? makeZone(scope, hosts.domain) : undefined;
  const zoneId = zone?.zoneId ?? pulumi.output(hosts.zone!);
  const args = { domainName: domainName!, subjectAlternativeNames: others, validationMethod: 'DNS', keyAlgorithm: 'EC_prime256v1', options: { certificateTransparencyLoggingPreference: 'ENABLED' }, tags: named(name) };
  // Load balancers use the certificate until they have the next.
  const certificate = new Certificate(`${name}-certificate`, args, partOf(scope));
  proveHosts(scope, certificate, zoneId, [domainName!, ...others]);
  const zoneArn = pulumi.interpolate`arn:${partitionOf(region)}:route53:::hostedzone/${zoneId}`;
  return { zoneArn, certificate, ...(zone === undefined ? {} : { nameServers: zone.nameServers }) };
}

/** The zone goes with its records, which the controller may have had no time to delete; but not before it is unprotected. */
function makeZone(scope: Scope, domain: string): Zone {
  const { name, settings } = scope;
  return new Zone(`${name}-zone`, { name: domain, comment: `Hosts of the cluster ${name}`, forceDestroy: !isProtected(settings), tags: named(name) }, lasting(scope));
}

/** Records by which the certificate's authority sees that the hosts are ours. A host and all below it have the same one. */
function proveHosts(scope: Scope, certificate: Certificate, zoneId: pulumi.Output<string>, names: readonly string[]): void {
  const bases = [...new Set(names.map((host) => host.replace(/^\*\./, '')))];
  for (const base of bases) {
    const proof = certificate.domainValidationOptions.apply((options) => {
      const option = options.find(({ domainName }) => domainName.replace(/^\*\./, '') === base);
      if (option === undefined) throw new Error(`${scope.name}: the certificate says nothing of how to prove ${base}`);
      return option;
    });
    new DnsRecord(`${scope.name}-proof-${base.replaceAll('.', '-')}`, {
      zoneId, name: proof.resourceRecordName, type: proof.resourceRecordType, records: [proof.resourceRecordValue], ttl: TTL, allowOverwrite: true,
    }, partOf(scope, { parent: certificate }));
  }
}
