// Who reaches whom, in lines that a person can judge: `operator > head: TCP 8265`. What is in no line is closed.
import type { Connection, Endpoint, Protocol } from '../../support/world.ts';
import type { Owner, Stage } from './fixture-world.ts';
import type { Port } from './questions.ts';

export type Judge = (connection: Connection) => boolean;

/** What is asked of a stage: by whom it is answered, and for which ports. */
export interface Inquiry {
  readonly stage: Stage;
  readonly ports: readonly Port[];
  readonly judge: Judge;
}

/** The places that have the same open ports with a pod of the owner, and those pods. */
interface Way {
  readonly peers: readonly string[];
  readonly open: string;
  readonly pods: string[];
}

const protocols: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

/** The asked ports of a protocol that are open, neighbours joined: `53, 5000-5010`. */
function printProtocol(ports: readonly Port[], isOpen: (port: Port) => boolean): string {
  const ranges: [first: number, last: number][] = [];
  let before = false;
  for (const port of ports) {
    const open = isOpen(port);
    const last = ranges.at(-1);
    if (open && before && last) last[1] = port.number;
    else if (open) ranges.push([port.number, port.number]);
    before = open;
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(', ');
}

/** The open ports between two endpoints: `TCP 53, UDP 53`, `all`, or nothing. */
function printOpen({ ports, judge }: Inquiry, from: Endpoint, to: Endpoint): string {
  const isOpen = ({ number, protocol }: Port): boolean => judge({ from, to, port: number, protocol });
  if (ports.every(isOpen)) return 'all';
  const parts = protocols.map((protocol) => {
    const open = printProtocol(
      ports.filter((port) => port.protocol === protocol),
      isOpen,
    );
    return open === '' ? '' : `${protocol} ${open}`;
  });
  return parts.filter((part) => part !== '').join(', ');
}

function endpointAt({ stage }: Inquiry, place: string): Endpoint {
  const found = stage.places.get(place);
  if (found === undefined) throw new Error(`nobody stands at ${place}`);
  return found;
}

/** Others by what is open between them and one pod. */
function findWays(inquiry: Inquiry, pod: string, peers: readonly string[], isOut: boolean): Way[] {
  const self = endpointAt(inquiry, pod);
  const byOpen = new Map<string, string[]>();
  for (const peer of peers) {
    const other = endpointAt(inquiry, peer);
    const open = isOut ? printOpen(inquiry, self, other) : printOpen(inquiry, other, self);
    if (open !== '') byOpen.set(open, [...(byOpen.get(open) ?? []), peer]);
  }
  return [...byOpen].map(([open, found]) => ({ peers: found, open, pods: [pod] }));
}

/** Ways that are the same for several pods become one. */
function joinWays(ways: readonly Way[]): Way[] {
  const joined = new Map<string, Way>();
  for (const way of ways) {
    const key = JSON.stringify([way.open, way.peers]);
    const same = joined.get(key);
    if (same) same.pods.push(...way.pods);
    else joined.set(key, way);
  }
  return [...joined.values()];
}

/** Most of them are named by whom is left out. */
function printPlaces(some: readonly string[], all: readonly string[], name: string): string {
  if (some.length === all.length) return name;
  const rest = all.filter((one) => !some.includes(one));
  return rest.length < some.length / 2 ? `${name} but ${rest.join(', ')}` : some.join(', ');
}

/** Places that have one name together. */
interface Group {
  readonly name: string;
  readonly places: readonly string[];
}

/** The ways between an owner's pods and others, in one direction. */
function describeWays(inquiry: Inquiry, owner: Owner, { name, places }: Group, isOut: boolean): string[] {
  const ways = joinWays(owner.pods.flatMap((pod) => findWays(inquiry, pod, places, isOut)));
  return ways.map(({ peers, open, pods }) => {
    const [self, other] = [printPlaces(pods, owner.pods, 'own'), printPlaces(peers, places, name)];
    // Its own name goes without saying.
    return (isOut ? `${self} > ${other}: ${open}` : `${other} > ${self}: ${open}`).replaceAll(`${owner.name} `, '');
  });
}

function isWhole(inquiry: Inquiry, { pods }: Owner): boolean {
  return pods.every((pod) => {
    const rest = pods.filter((one) => one !== pod);
    const ways = findWays(inquiry, pod, rest, true);
    return rest.length === 0 || ways.some(({ open, peers }) => open === 'all' && peers.length === rest.length);
  });
}

/**
 * All ways into and out of the pods of an owner that are open, sorted. Pods of other owners are not of `everyone`: policies of
 * their own close them.
 */
export function describeOpenings(inquiry: Inquiry, owner: Owner): string[] {
  const siblings = inquiry.stage.owners.filter((one) => one !== owner).flatMap(({ pods }) => pods);
  const others = [...inquiry.stage.places.keys()].filter((one) => !owner.pods.includes(one) && !siblings.includes(one));
  const groups: readonly Group[] = [
    { name: 'everyone', places: others },
    { name: 'all other owners', places: siblings },
  ];
  return [
    `own > own: ${isWhole(inquiry, owner) ? 'all' : 'not all'}`,
    ...groups.flatMap((group) => [true, false].flatMap((isOut) => describeWays(inquiry, owner, group, isOut))),
  ].sort();
}
