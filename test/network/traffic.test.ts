import { only, problemsOf, render } from '../support';
import { worker } from '../builders';

const egress = (rules: unknown) => (only(render(worker({ egress: rules })), 'NetworkPolicy').spec as { egress: object[] }).egress.slice(1);

describe('egress', () => {
  it('is closed by default', () => expect(egress(undefined)).toEqual([]));
  it('may be open to everything', () => expect(egress('any')).toEqual([{}]));

  it('opens ranges on every port by default', () => {
    expect(egress([{ cidrs: ['203.0.113.0/24', '2001:db8::/32'] }])).toEqual([{ to: [{ ipBlock: { cidr: '203.0.113.0/24' } }, { ipBlock: { cidr: '2001:db8::/32' } }] }]);
  });

  it('opens the ports that are named, TCP by default', () => {
    expect(egress([{ cidrs: ['203.0.113.0/24'], ports: [443, { port: 53, protocol: 'UDP' }, { port: 8000, endPort: 8100 }] }])).toEqual([
      { to: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ protocol: 'TCP', port: 443 }, { protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 8000, endPort: 8100 }] },
    ]);
  });

  it('closes exceptions within the range that they are part of', () => {
    expect(egress([{ cidrs: ['10.0.0.0/8', '192.168.0.0/16', 'fd00::/8'], except: ['10.1.0.0/16', 'fd00:1::/32'] }])).toEqual([
      { to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }, { ipBlock: { cidr: '192.168.0.0/16' } }, { ipBlock: { cidr: 'fd00::/8', except: ['fd00:1::/32'] } }] },
    ]);
  });

  const range = 'an address range is allowed, such as "10.0.0.0/8"';
  const outside = "it lies in none of the 'cidrs', or is all of one; name a part of one of them, or remove it";
  it.each<[string, unknown, string]>([
    ['another word', 'all', "egress: got \"all\"; a list of address ranges, or 'any', is allowed"],
    ['an object', { cidrs: ['10.0.0.0/8'] }, 'egress: got {"cidrs":["10.0.0.0/8"]}; a list is allowed'],
    ['text in the list', ['10.0.0.0/8'], 'egress[0]: got "10.0.0.0/8"; an object is allowed'],
    ['no range', [{ cidrs: [] }], "egress[0].cidrs: got []; at least one address range is required; write 'any' in place of the list for all"],
    ['an address without bits', [{ cidrs: ['10.0.0.1'] }], `egress[0].cidrs: got "10.0.0.1"; ${range}`],
    ['too many bits', [{ cidrs: ['10.0.0.0/33'] }], `egress[0].cidrs: got "10.0.0.0/33"; ${range}`],
    ['a leading zero', [{ cidrs: ['010.0.0.0/8'] }], `egress[0].cidrs: got "010.0.0.0/8"; ${range}`],
    ['a host name', [{ cidrs: ['example.com/24'] }], `egress[0].cidrs: got "example.com/24"; ${range}`],
    ['a number', [{ cidrs: [10] }], `egress[0].cidrs: got 10; ${range}`],
    ['a bad exception', [{ cidrs: ['10.0.0.0/8'], except: ['10.1'] }], `egress[0].except: got "10.1"; ${range}`],
    ['an exception elsewhere', [{ cidrs: ['10.0.0.0/8'], except: ['192.168.0.0/16'] }], `egress[0].except: got "192.168.0.0/16"; ${outside}`],
    ['an exception of all', [{ cidrs: ['10.0.0.0/8'], except: ['10.0.0.0/8'] }], `egress[0].except: got "10.0.0.0/8"; ${outside}`],
    ['no port, which a policy takes for all', [{ cidrs: ['10.0.0.0/8'], ports: [] }], 'egress[0].ports: got []; at least one port is required; leave it out for every port'],
    ['port 0', [{ cidrs: ['10.0.0.0/8'], ports: [0] }], 'egress[0].ports: got 0; a whole number from 1 to 65535 is allowed'],
    ['a range that runs down', [{ cidrs: ['10.0.0.0/8'], ports: [{ port: 90, endPort: 80 }] }], 'egress[0].ports.endPort: got 80; a whole number from the first port to 65535 is allowed'],
    ['an unknown protocol', [{ cidrs: ['10.0.0.0/8'], ports: [{ port: 90, protocol: 'tcp' }] }], 'egress[0].ports.protocol: got "tcp"; TCP and UDP are allowed'],
    ['an unknown key of a port', [{ cidrs: ['10.0.0.0/8'], ports: [{ port: 90, end: 80 }] }], 'egress[0].ports.end: got 80; no such prop here'],
    ['an unknown key', [{ cidrs: ['10.0.0.0/8'], exept: [] }], 'egress[0].exept: got []; no such prop here; did you mean "except"?'],
  ])('is refused with %s', (_, rules, message) => {
    expect(problemsOf(worker({ egress: rules }))).toContain(`[chart/worker] ${message}`);
  });
});
