import { Certificate, CertificateMap, CertificateMapEntry, DnsAuthorization } from '@pulumi/gcp/certificatemanager';
import { GlobalAddress } from '@pulumi/gcp/compute';
import { ManagedZone, RecordSet } from '@pulumi/gcp/dns';
import type * as pulumi from '@pulumi/pulumi';
import { namesOf } from '../cluster/settings/hosts';
import { addressName, certificateMapName } from './facts';
import type { Gke } from './schema';
import { kept, labelsOf, made, type Site } from './site';

type Hosts = NonNullable<Gke['hosts']>;

/** Seconds that others keep an answer. */
const TTL = 300;

/** What was made for the hosts. */
export interface GkeHosts {
  /** Name servers of the zone, where it was made. */
  readonly nameServers?: pulumi.Output<readonly string[]>;
  /** What load balancers of the cluster use; it can't go before they do. */
  readonly used: readonly pulumi.Resource[];
}

/**
 * A DNS zone, an address, and a certificate of Certificate Manager, proven by DNS: it is there before anyone can reach the
 * hosts, takes wildcards, and its private key never comes into the cluster, which needs no controller for it.
 * Address and map of certificates have names that are known before they exist, as the objects in the cluster name them.
 */
export function makeHosts(site: Site): GkeHosts {
  const { hosts } = site.settings;
  if (hosts === undefined) return { used: [] };
  const { name, settings: { project } } = site;
  const zone = hosts.zone === undefined ? makeZone(site, hosts) : undefined;
  const managedZone: pulumi.Input<string> = zone?.name ?? hosts.zone!;
  const names = namesOf(hosts);
  const address = new GlobalAddress(`${name}-address`, { project, name: addressName(name), addressType: 'EXTERNAL', labels: labelsOf(site) }, kept(site));
  for (const host of names) new RecordSet(`${name}-host-${logical(host)}`, { project, managedZone, name: `${host}.`, type: 'A', ttl: TTL, rrdatas: [address.address] }, made(site));
  const map = makeCertificate(site, names, managedZone);
  return { ...(zone ? { nameServers: zone.nameServers } : {}), used: [address, map] };
}

/** A host as part of a logical name. */
const logical = (host: string) => host.replace('*', 'any').replaceAll('.', '-');

function makeZone(site: Site, { domain }: Hosts): ManagedZone {
  const { name, settings: { project } } = site;
  return new ManagedZone(`${name}-zone`, { project, dnsName: `${domain}.`, description: `Hosts of ${name}`, visibility: 'public', dnssecConfig: { state: 'on' }, cloudLoggingConfig: { enableLogging: true }, labels: labelsOf(site) }, kept(site));
}

function makeCertificate(site: Site, names: readonly string[], managedZone: pulumi.Input<string>): CertificateMap {
  const { name, settings: { project } } = site;
  const labels = labelsOf(site);
  // One proof for a domain and its wildcard.
  const domains = [...new Set(names.map((host) => host.replace(/^\*\./, '')))];
  const proofs = domains.map((domain) => prove(site, domain, managedZone));
  const certificate = new Certificate(`${name}-certificate`, { project, managed: { domains: [...names], dnsAuthorizations: proofs.map(({ authorization }) => authorization.id) }, labels }, made(site, ...proofs.map(({ record }) => record)));
  const map = new CertificateMap(`${name}-certificates`, { project, name: certificateMapName(name), labels }, made(site));
  for (const host of names) new CertificateMapEntry(`${name}-certificate-${logical(host)}`, { project, map: map.name, hostname: host, certificates: [certificate.id], labels }, made(site));
  return map;
}

function prove(site: Site, domain: string, managedZone: pulumi.Input<string>): { readonly authorization: DnsAuthorization; readonly record: RecordSet } {
  const { name, settings: { project } } = site;
  const authorization = new DnsAuthorization(`${name}-proof-${logical(domain)}`, { project, domain, labels: labelsOf(site) }, made(site));
  const proof = authorization.dnsResourceRecords.apply(([first]) => first!);
  const record = new RecordSet(`${name}-proof-record-${logical(domain)}`, { project, managedZone, name: proof.name, type: proof.type, ttl: TTL, rrdatas: [proof.data] }, made(site));
  return { authorization, record };
}
