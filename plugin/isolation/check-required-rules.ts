// Rules that undo an isolation which the platform file requires: they let nearly everyone in to what runs code, or out to
// nearly everywhere. Where nobody requires it the owner may accept such a rule (check-rules.ts); here it may not.
import type { FieldPath, Report } from '../findings/finding.ts';
import type { PolicyPeer, RaySpec } from '../ray/spec.ts';
import { mustClose } from '../settings/platform.ts';
import type { Settings } from '../settings/settings.ts';
import { breadthOfPeers, breadthOfPorts } from './breadth.ts';
import { findExposed } from './exposure.ts';
import { findHolders } from './rule-holders.ts';

/** A sixteenth of all there is: far more than a company's 10.0.0.0/8 or the whole range of node ports. */
const tooMuch = 1 / 16;

/** A rule, or the peers of a client, with the share of everything that it opens. */
interface Opening {
  readonly path: FieldPath;
  readonly breadth: number;
}

/** Reports the widest rule of each required direction that together are no isolation any more. */
export function checkRequiredRules(spec: RaySpec, { platform }: Settings, report: Report): void {
  const directions = { ingress: findIngress, egress: findEgress };
  for (const direction of ['ingress', 'egress'] as const) {
    if (!mustClose(platform, direction)) continue;
    const openings = directions[direction](spec).toSorted((a, b) => b.breadth - a.breadth);
    const [widest] = openings;
    const sum = openings.reduce((total, { breadth }) => total + breadth, 0);
    if (widest === undefined || sum < tooMuch) continue;
    report('PLATFORM_RULE_OPEN', widest.path, { file: platform.file, direction, several: widest.breadth < tooMuch });
  }
}

/** By its port each rule opens a way to run code or none: how many ports it has does not matter. */
function findIngress(spec: RaySpec): Opening[] {
  const { isolation } = spec;
  const rules = isolation === undefined ? [] : findHolders(isolation);
  const { path: tls = [], clients = [] } = spec.tls ?? {};
  const opening = (path: FieldPath, from: readonly PolicyPeer[] | undefined): Opening => ({
    path,
    breadth: breadthOfPeers(from),
  });
  return [
    ...rules.flatMap(({ path, rules: { ingressRules = [] } }) =>
      ingressRules.flatMap((rule, index) =>
        findExposed(spec, rule) === undefined ? [] : [opening([...path, 'ingressRules', index], rule.from)],
      ),
    ),
    ...clients.flatMap(({ from = [] }, index) =>
      from.length === 0 ? [] : [opening([...tls, 'clients', index, 'from'], from)],
    ),
  ];
}

const findEgress = ({ isolation }: RaySpec): Opening[] =>
  (isolation === undefined ? [] : findHolders(isolation)).flatMap(({ path, rules: { egressRules = [] } }) =>
    egressRules.map(({ to, ports }, index) => ({
      path: [...path, 'egressRules', index],
      breadth: breadthOfPeers(to) * breadthOfPorts(ports),
    })),
  );
