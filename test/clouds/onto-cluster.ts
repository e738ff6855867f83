/** The file of an environment with the section of its cluster, whose load balancer takes the place of an ingress controller. */
export const ontoCluster = (text: string, section: string): string => text.replace(/^ {2}fairlead:(tlsIssuer|ingressClass): .*\n/gm, '').replace(/^config:\n/, `config:\n${section}`);
