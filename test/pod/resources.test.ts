import fc from 'fast-check';
import { only, problemsOf, render, templateOf, type AnyProps } from '../support';
import { IMAGE, web } from '../builders';

const resources = (given?: AnyProps, defaults?: AnyProps) =>
  templateOf(only(render(web(given === undefined ? {} : { resources: given }), defaults ? { defaults: { resources: defaults } } : {}), 'Deployment')).spec.containers[0]!.resources as { requests: Record<string, string>; limits: Record<string, string> };
const refused = (given: unknown) => problemsOf(web({ resources: given }));

describe('resources', () => {
  it('are little by default, with a limit of memory and none of CPU', () => {
    expect(resources()).toEqual({ requests: { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '64Mi' }, limits: { memory: '256Mi', 'ephemeral-storage': '1Gi' } });
  });

  it.each<[string, AnyProps, AnyProps, AnyProps]>([
    ['a request of CPU', { requests: { cpu: '1' } }, { cpu: '1', memory: '128Mi', 'ephemeral-storage': '64Mi' }, { memory: '256Mi', 'ephemeral-storage': '1Gi' }],
    ['a request of CPU in cores', { requests: { cpu: 0.25 } }, { cpu: '0.25', memory: '128Mi', 'ephemeral-storage': '64Mi' }, { memory: '256Mi', 'ephemeral-storage': '1Gi' }],
    ['a limit of CPU, which is requested too', { limits: { cpu: 2 } }, { cpu: '2', memory: '128Mi', 'ephemeral-storage': '64Mi' }, { cpu: '2', memory: '256Mi', 'ephemeral-storage': '1Gi' }],
    ['a request of memory, which is the limit too', { requests: { memory: '1Gi' } }, { cpu: '50m', memory: '1Gi', 'ephemeral-storage': '64Mi' }, { memory: '1Gi', 'ephemeral-storage': '1Gi' }],
    ['a limit of memory, which is requested too', { limits: { memory: '1Gi' } }, { cpu: '50m', memory: '1Gi', 'ephemeral-storage': '64Mi' }, { memory: '1Gi', 'ephemeral-storage': '1Gi' }],
    ['both of memory', { requests: { memory: '1Gi' }, limits: { memory: '2Gi' } }, { cpu: '50m', memory: '1Gi', 'ephemeral-storage': '64Mi' }, { memory: '2Gi', 'ephemeral-storage': '1Gi' }],
    ['much scratch space', { requests: { ephemeralStorage: '5Gi' } }, { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '5Gi' }, { memory: '256Mi', 'ephemeral-storage': '5Gi' }],
    ['little scratch space', { limits: { ephemeralStorage: '10Mi' } }, { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '10Mi' }, { memory: '256Mi', 'ephemeral-storage': '10Mi' }],
    ['a device', { limits: { extended: { 'nvidia.com/gpu': 1 } } }, { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '64Mi' }, { memory: '256Mi', 'ephemeral-storage': '1Gi', 'nvidia.com/gpu': '1' }],
    ['a device requested and limited', { requests: { extended: { 'nvidia.com/gpu': 1 } }, limits: { extended: { 'nvidia.com/gpu': '1' } } }, { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '64Mi', 'nvidia.com/gpu': '1' }, { memory: '256Mi', 'ephemeral-storage': '1Gi', 'nvidia.com/gpu': '1' }],
    ['huge pages', { limits: { extended: { 'hugepages-2Mi': '64Mi' } } }, { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '64Mi' }, { memory: '256Mi', 'ephemeral-storage': '1Gi', 'hugepages-2Mi': '64Mi' }],
  ])('with %s', (_, given, requests, limits) => {
    expect(resources(given)).toEqual({ requests, limits });
    expect(Object.keys(resources(given).requests)).toEqual(Object.keys(requests));
  });

  it('are taken whole from the nearest default', () => {
    expect(resources(undefined, { requests: { cpu: '1' } }).requests.cpu).toBe('1');
    expect(resources({ requests: { memory: '1Gi' } }, { requests: { cpu: '1' } }).requests).toMatchObject({ cpu: '50m', memory: '1Gi' });
  });

  const FORM = 'a Kubernetes quantity such as "250m", "0.5", "64Mi" or "1.5Gi" is allowed';
  const BYTES = "whole bytes are allowed; 'm' stands for thousandths, 'M' and 'Mi' for millions";
  it.each<[unknown, string]>([
    [5, 'resources: got 5; an object is allowed'],
    [{ requests: 5 }, 'resources.requests: got 5; an object is allowed'],
    [{ limits: ['1Gi'] }, 'resources.limits: got ["1Gi"]; an object is allowed'],
    [{ limit: {} }, 'resources.limit: got {}; no such prop here; did you mean "limits"?'],
    [{ limits: { mem: '1Gi' } }, 'resources.limits.mem: got "1Gi"; no such prop here'],
    [{ requests: { cpu: '1 core' } }, `resources.requests.cpu: got "1 core"; ${FORM}`],
    [{ requests: { cpu: Number.NaN } }, `resources.requests.cpu: got NaN; ${FORM}`],
    [{ requests: { cpu: -1 } }, `resources.requests.cpu: got -1; ${FORM}`],
    [{ requests: { cpu: true } }, `resources.requests.cpu: got true; ${FORM}`],
    [{ requests: { memory: '1GB' } }, `resources.requests.memory: got "1GB"; ${FORM}`],
    [{ requests: { memory: 128 } }, `resources.requests.memory: got 128; ${FORM}`],
    [{ limits: { memory: '512m' } }, `resources.limits.memory: got "512m"; ${BYTES}`],
    [{ limits: { ephemeralStorage: '' } }, `resources.limits.ephemeralStorage: got ""; ${FORM}`],
    [{ limits: { ephemeralStorage: '0.1' } }, `resources.limits.ephemeralStorage: got "0.1"; ${BYTES}`],
    [{ requests: { cpu: '2' }, limits: { cpu: '1500m' } }, 'resources.requests.cpu: got "2"; at most the limit (1500m) is allowed; lower the request or raise the limit'],
    [{ requests: { memory: '1Gi' }, limits: { memory: '1G' } }, 'resources.requests.memory: got "1Gi"; at most the limit (1G) is allowed; lower the request or raise the limit'],
    [{ requests: { ephemeralStorage: '2Gi' }, limits: { ephemeralStorage: '1Gi' } }, 'resources.requests.ephemeralStorage: got "2Gi"; at most the limit (1Gi) is allowed; lower the request or raise the limit'],
    [{ limits: { extended: { gpu: 1 } } }, 'resources.limits.extended.gpu: got 1; the full name of an extended resource is allowed, such as "nvidia.com/gpu"; cpu, memory and ephemeralStorage have props of their own'],
    [{ limits: { extended: { cpu: 1 } } }, 'resources.limits.extended.cpu: got 1; the full name of an extended resource is allowed, such as "nvidia.com/gpu"; cpu, memory and ephemeralStorage have props of their own'],
    [{ limits: { extended: { 'a_b/c': 1 } } }, 'resources.limits.extended.a_b/c: got 1; the prefix before "/" must be a DNS name: lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    [{ limits: { extended: { 'nvidia.com/gpu': 0.5 } } }, 'resources.limits.extended.nvidia.com/gpu: got 0.5; a whole number is allowed'],
    [{ limits: { extended: [] } }, 'resources.limits.extended: got []; an object is allowed'],
    [{ requests: { extended: { 'nvidia.com/gpu': 1 } } }, "resources.requests.extended.nvidia.com/gpu: got \"1\"; it is never shared, so the limit must be the same (there is none); set it under 'limits' alone"],
    [{ requests: { extended: { 'nvidia.com/gpu': 1 } }, limits: { extended: { 'nvidia.com/gpu': 2 } } }, "resources.requests.extended.nvidia.com/gpu: got \"1\"; it is never shared, so the limit must be the same (2); set it under 'limits' alone"],
  ])('%j are refused', (given, message) => expect(refused(given)).toEqual([`[chart/web] ${message}`]));

  it('of sidecars and init containers are named by their path', () => {
    const container = { image: IMAGE, resources: { requests: { cpu: 'x' } } };
    expect(problemsOf(web({ sidecars: { a: container }, initContainers: { b: container } })).map((problem) => problem.split(':')[0])).toEqual(['[chart/web] sidecars.a.resources.requests.cpu', '[chart/web] initContainers.b.resources.requests.cpu']);
  });

  const UNITS: [string, bigint][] = [['', 1n], ['k', 1000n], ['M', 10n ** 6n], ['G', 10n ** 9n], ['Ki', 1024n], ['Mi', 1024n ** 2n], ['Gi', 1024n ** 3n]];
  const bytes = fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.constantFrom(...UNITS)).map(([count, [unit, size]]) => ({ text: `${count}${unit}`, value: BigInt(count) * size }));

  it('never request more than the limit, whichever of the two are given', () => {
    fc.assert(
      fc.property(fc.option(bytes, { nil: undefined }), fc.option(bytes, { nil: undefined }), fc.constantFrom('memory', 'ephemeralStorage'), (request, limit, key) => {
        const given = { requests: request ? { [key]: request.text } : {}, limits: limit ? { [key]: limit.text } : {} };
        const tooMuch = request !== undefined && limit !== undefined && request.value > limit.value;
        expect(refused(given)).toHaveLength(tooMuch ? 1 : 0);
        if (tooMuch) return;
        const { requests, limits } = resources(given);
        const valueOf = (text: string) => BigInt(Number.parseInt(text, 10)) * UNITS.find(([unit]) => unit === text.replace(/\d+/, ''))![1];
        const name = key === 'memory' ? key : 'ephemeral-storage';
        expect(valueOf(requests[name]!)).toBeLessThanOrEqual(valueOf(limits[name]!));
        if (request) expect(requests[name]).toBe(request.text);
        if (limit) expect(limits[name]).toBe(limit.text);
      }),
      { numRuns: 60 },
    );
  });
});
