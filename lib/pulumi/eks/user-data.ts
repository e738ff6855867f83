const BOUNDARY = '//';

/** What EKS adds to what it tells a node at its start: how many pods it takes. Base64. */
export function userData(bottlerocket: boolean, pods: number): string {
  return Buffer.from(bottlerocket ? `[settings.kubernetes]\nmax-pods = ${pods}\n` : amazonLinux(pods)).toString('base64');
}

/** A part of MIME, which EKS merges with its own. */
function amazonLinux(pods: number): string {
  return [
    'MIME-Version: 1.0', `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`, '',
    `--${BOUNDARY}`, 'Content-Type: application/node.eks.aws', '',
    'apiVersion: node.eks.aws/v1alpha1', 'kind: NodeConfig', 'spec:', '  kubelet:', '    config:', `      maxPods: ${pods}`, '',
    `--${BOUNDARY}--`, '',
  ].join('\n');
}
