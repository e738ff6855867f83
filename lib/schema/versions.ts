/** The Kubernetes minors whose schemas are on board, oldest first. */
export const KUBERNETES_VERSIONS = ['1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36'] as const;

/** A Kubernetes minor to check manifests against. */
export type KubernetesVersion = (typeof KUBERNETES_VERSIONS)[number];
