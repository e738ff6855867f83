/** The doubles of the tests, for a machine on which nothing is installed; loaded only there. */

/** Builds a Pulumi CLI, and stands in for the Kubernetes plugin. */
export const engineDoubles = () => require('../../test/engine') as typeof import('../../test/engine');

/** Starts a Kubernetes control plane with simulated nodes. */
export const controlPlaneDoubles = () => require('../../test/cluster/harness/standing') as typeof import('../../test/cluster/harness/standing');
