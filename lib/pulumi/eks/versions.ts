/** How long AWS supports a minor version. */
export interface EksVersionSupport {
  /** The day on which standard support ends, and the fee for extended support begins. */
  readonly standardUntil: string;
  /** The day on which extended support ends; EKS then upgrades the control plane by itself. */
  readonly extendedUntil: string;
}

/** The day of {@link EKS_VERSIONS}. */
export const AS_OF = '2026-04-24';

/**
 * The minor versions that EKS takes for new clusters.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html, "Release calendar", on that day.
 */
export const EKS_VERSIONS: Readonly<Record<string, EksVersionSupport>> = {
  '1.31': { standardUntil: '2025-11-26', extendedUntil: '2026-11-26' },
  '1.32': { standardUntil: '2026-03-23', extendedUntil: '2027-03-23' },
  '1.33': { standardUntil: '2026-07-29', extendedUntil: '2027-07-29' },
  '1.34': { standardUntil: '2026-12-02', extendedUntil: '2027-12-02' },
  '1.35': { standardUntil: '2027-03-27', extendedUntil: '2028-03-27' },
};

/** The version of clusters whose settings name none. It stays until a release of this library says otherwise. */
export const DEFAULT_VERSION = '1.35';

/** What to take instead of that version; undefined where EKS has it, with that support. */
export function unlisted(version: string, support: 'standard' | 'extended'): string | undefined {
  const inStandard = Object.keys(EKS_VERSIONS).filter((listed) => EKS_VERSIONS[listed]!.standardUntil > AS_OF);
  const entry = EKS_VERSIONS[version];
  if (entry === undefined) return `one of the versions that EKS had on ${AS_OF}: ${(support === 'standard' ? inStandard : Object.keys(EKS_VERSIONS)).join(', ')}`;
  if (support === 'extended' || inStandard.includes(version)) return undefined;
  return `a version in standard support (${inStandard.join(', ')}), as that of ${version} ended on ${entry.standardUntil}; or support: "extended", for a fee`;
}
