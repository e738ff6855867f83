import fc from 'fast-check';
import type { ImagePolicy } from '../../lib';
import { formatImage, parseImage } from '../../lib/pod/image';
import { only, problemsOf, render, templateOf, type AnyProps } from '../support';
import { cron, release, stateful, web, worker } from '../builders';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const main = (props: AnyProps, policy?: ImagePolicy) => templateOf(only(render(web(props), policy ? { defaults: { imagePolicy: policy } } : {}), 'Deployment')).spec.containers[0]!;
const refused = (image: unknown, policy?: ImagePolicy) => problemsOf(web({ image }), policy ? { defaults: { imagePolicy: policy } } : {});

describe('an image', () => {
  const part = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  const repository = fc.tuple(fc.option(fc.constantFrom('ghcr.io', 'localhost:5000', 'registry.example.com:443'), { nil: undefined }), fc.array(part, { minLength: 1, maxLength: 4 })).map(([host, parts]) => [...(host ? [host] : []), ...parts].join('/'));
  const tag = fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/), { nil: undefined });
  const digest = fc.option(fc.constant(DIGEST), { nil: undefined });

  it('is the same as one reference and in parts', () => {
    fc.assert(
      fc.property(repository, tag, digest, (name, version, sum) => {
        const parts = { repository: name, ...(version === undefined ? {} : { tag: version }), ...(sum === undefined ? {} : { digest: sum }) };
        expect(parseImage(formatImage(parts))).toEqual(parts);
      }),
    );
  });

  it.each([['shop:1'], ['ghcr.io/acme/shop:1.4.2'], ['localhost:5000/shop:1'], [`shop@${DIGEST}`], [`shop:1@${DIGEST}`], ['a/b_c/d.e/f--g:x']])('may be %s', (image) => expect(main({ image }).image).toBe(image));
  it('may be given in parts', () => expect(main({ image: { repository: 'ghcr.io/acme/shop', tag: '1.4.2', digest: DIGEST } }).image).toBe(`ghcr.io/acme/shop:1.4.2@${DIGEST}`));

  const FORM = 'a repository with tag or digest is allowed, such as "ghcr.io/acme/shop:1.4.2"';
  it.each<[unknown, string]>([
    [undefined, `image: got nothing; ${FORM}`],
    [null, `image: got null; ${FORM}`],
    ['', `image: got ""; ${FORM}`],
    [5, `image: got 5; ${FORM}`],
    [['a:1'], `image: got ["a:1"]; ${FORM}`],
    ['Shop:1', `image: got "Shop:1"; ${FORM}`],
    ['shop :1', `image: got "shop :1"; ${FORM}`],
    ['https://ghcr.io/a:1', `image: got "https://ghcr.io/a:1"; ${FORM}`],
    [{ tag: '1' }, `image: got {"tag":"1"}; ${FORM}`],
    [{ repository: 'shop:1', tag: '2' }, `image: got {"repository":"shop:1","tag":"2"}; ${FORM}`],
    ['shop:', 'image.tag: got ""; letters, digits, "_", "." and "-" are allowed in a tag, 128 at most'],
    [`shop:${'x'.repeat(129)}`, `image.tag: got "${'x'.repeat(79)}… (131 characters); letters, digits, "_", "." and "-" are allowed in a tag, 128 at most`],
    [{ repository: 'shop', tag: 1.1 }, 'image.tag: got 1.1; text is allowed; put it in quotes'],
    ['shop@sha256:12', 'image.digest: got "sha256:12"; sha256: and 64 hexadecimal digits are allowed'],
    [{ repository: 'shop', tag: '1', digets: 'x' }, 'image.digets: got "x"; no such prop here; did you mean "digest"?'],
  ])('may not be %j', (image, message) => expect(refused(image)).toEqual([`[chart/web] ${message}`]));
});

describe('the image policy', () => {
  it.each<[ImagePolicy, string[], [string, string][]]>([
    ['any', ['shop', 'shop:latest', 'shop:1', `shop@${DIGEST}`], []],
    ['tag', ['shop:1', 'shop:main', `shop:latest@${DIGEST}`], [
      ['shop', "a tag or digest is required here (image policy 'tag'); without one the node runs whatever is newest"],
      ['shop:latest', "'latest' is not allowed here (image policy 'tag'); name a version"],
    ]],
    ['fixed', ['shop:1.4.2', 'shop:v1.4.2-alpine', 'shop:main-3f2a1bc', 'shop:20240131', 'shop:0123456789abcdef0123456789abcdef01234567', `shop@${DIGEST}`], [
      ['shop', "a tag or digest is required here (image policy 'fixed'); without one the node runs whatever is newest"],
      ['shop:latest', "'latest' is not allowed here (image policy 'fixed'); name a version"],
      ['shop:main', "'main' may be pushed again (image policy 'fixed'); name a full version such as 1.4.2, a commit or a digest"],
      ['shop:1.4', "'1.4' may be pushed again (image policy 'fixed'); name a full version such as 1.4.2, a commit or a digest"],
    ]],
    ['digest', [`shop@${DIGEST}`, `shop:1@${DIGEST}`], [
      ['shop', "a digest is required here (image policy 'digest'); write repository@sha256:…"],
      ['shop:1.4.2', "a digest is required here (image policy 'digest'); write repository@sha256:…"],
    ]],
  ])('%s', (policy, good, bad) => {
    for (const image of good) expect(refused(image, policy)).toEqual([]);
    for (const [image, message] of bad) expect(refused(image, policy)).toEqual([`[chart/web] image: got ${JSON.stringify(image)}; ${message}`]);
  });

  it("is 'tag' by default", () => expect(refused('shop')).toEqual(refused('shop', 'tag')));

  it('holds for every container of every workload', () => {
    const image = 'shop:1';
    const containers = { sidecars: { side: { image } }, initContainers: { init: { image } } };
    for (const [name, build] of [['web', web], ['worker', worker], ['db', stateful], ['cron', cron], ['migrate', release]] as const) {
      const problems = problemsOf(build({ image, ...containers }), { defaults: { imagePolicy: 'digest' } });
      expect(problems.map((problem) => problem.slice(0, problem.indexOf(': got')))).toEqual(['image', 'sidecars.side.image', 'initContainers.init.image'].map((prop) => `[chart/${name}] ${prop}`));
    }
  });
});

describe('the pull policy', () => {
  it.each<[string, string]>([['shop', 'Always'], ['shop:latest', 'Always'], ['shop:1', 'IfNotPresent'], [`shop@${DIGEST}`, 'IfNotPresent'], [`shop:latest@${DIGEST}`, 'IfNotPresent']])('of %s is %s', (image, policy) => expect(main({ image }, 'any').imagePullPolicy).toBe(policy));
  it('may be said', () => expect(main({ imagePullPolicy: 'Never' }).imagePullPolicy).toBe('Never'));
  it.each<[AnyProps, string]>([
    [{ imagePullPolicy: 'always' }, 'imagePullPolicy: got "always"; Always, IfNotPresent and Never are allowed'],
    [{ imagePullPolicy: true }, 'imagePullPolicy: got true; text is allowed; put it in quotes'],
    [{ sidecars: { a: { image: 'a:1', imagePullPolicy: 'x' } } }, 'sidecars.a.imagePullPolicy: got "x"; Always, IfNotPresent and Never are allowed'],
  ])('may not be anything: %j', (props, message) => expect(problemsOf(web(props))[0]).toBe(`[chart/web] ${message}`));
});
