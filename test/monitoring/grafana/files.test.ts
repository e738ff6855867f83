import { Mistakes } from '../../../lib/core/problems';
import { checkTwins, splitByFolder } from '../../../lib/monitoring/grafana/files';
import { makeDashboard } from '../../../lib/monitoring/grafana/dashboard';

const file = (folder: string, uid: string, title = uid, size = 0) => ({ folder, dashboard: makeDashboard({ uid, title, description: 'x'.repeat(size), tags: [], sections: [] }) });

describe('dashboards as files', () => {
  it('stand in as few ConfigMaps as hold them, by folder, in an order of their own', () => {
    const problems = new Mistakes();
    const dashboards = [file('b', 'c', 'c', 500), file('a', 'z'), file('b', 'a', 'a', 500), file('b', 'b', 'b', 500)];
    const parts = splitByFolder(problems, 'dashboards', dashboards, 2_000);
    expect(parts.map(({ folder, files }) => [folder, [...files.keys()]])).toEqual([['a', ['z.json']], ['b', ['a.json', 'b.json']], ['b', ['c.json']]]);
    for (const { files } of parts) expect([...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0)).toBeLessThanOrEqual(2_000);
    expect(splitByFolder(problems, 'dashboards', [...dashboards].reverse(), 2_000)).toEqual(parts);
    expect(problems.messages).toEqual([]);
  });

  it('are refused above the limit of a ConfigMap', () => {
    const problems = new Mistakes();
    expect(splitByFolder(problems, 'dashboards', [file('a', 'huge', 'Huge', 1_100_000), file('a', 'small')]).map(({ files }) => [...files.keys()])).toEqual([['small.json']]);
    expect(problems.messages).toEqual([expect.stringMatching(/^dashboards: got "\d+ bytes"; the dashboard 'Huge' is above the 1000000 bytes that fit in a ConfigMap; split it into several$/)]);
  });

  it('are refused where Grafana could not tell them apart', () => {
    const problems = new Mistakes();
    checkTwins(problems, 'dashboards', [file('a', 'one', 'One'), file('b', 'one', 'Other'), file('c', 'three', 'one')]);
    expect(problems.messages).toEqual([
      `dashboards: got "one"; two dashboards have this uid: 'One' in folder 'a' and 'Other' in folder 'b'; give one of them another`,
      `dashboards: got "one"; two dashboards have this title: 'One' in folder 'a' and 'one' in folder 'c'; give one of them another`,
    ]);
  });
});
