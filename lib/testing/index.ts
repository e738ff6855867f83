/** Helpers for tests of what charts and constructs render; none of them needs a test runner. */
export { Manifests, type ManifestMetadata, type RenderedManifest } from './manifests';
export { matchers, type MatcherResult } from './matchers';
export { synthesize, testApp, type SynthesizeOptions, type TestSource } from './synthesize';
