export { writeAnalyzer } from './analyzer';
export { findOrBuildPulumi, findPulumi, type PulumiCli } from './cli';
export { Engine, type KillableRun } from './engine';
export { kubernetesPlugin, type Plugin } from './plugin';
