// NetworkPolicy rules in the form that the API server stores: `protocol` always there, no empty lists, so that no
// GitOps tool sees a difference. https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
import type { EgressRule, IngressRule, LabelSelector, PolicyPeer, PolicyPort } from '../ray/spec.ts';

/** One TCP port. */
export const tcp = (port: number | string): PolicyPort => ({ port, protocol: 'TCP' });

/** One port for UDP and TCP, as DNS needs it. */
export const udpAndTCP = (port: number): PolicyPort[] => [{ port, protocol: 'UDP' }, tcp(port)];

/** The pods of one namespace that have these labels; all of its pods where none are given. */
export const podsIn = (namespace: string, labels?: Readonly<Record<string, string>>): PolicyPeer => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  ...(labels ? { podSelector: { matchLabels: labels } } : {}),
});

/** Pods of the policy's own namespace by their labels. */
export const podsWith = (labels: Readonly<Record<string, string>>): PolicyPeer => ({
  podSelector: { matchLabels: labels },
});

/** All pods of the policy's own namespace. */
export const podsWithin = (): PolicyPeer => ({ podSelector: {} });

const storedPorts = (ports: readonly PolicyPort[] | undefined): { ports?: PolicyPort[] } =>
  ports === undefined || ports.length === 0
    ? {}
    : { ports: ports.map((port) => ({ ...port, protocol: port.protocol ?? 'TCP' })) };

// Of a selector the empty parts go, but the empty selector stays: it means everything, and none means nothing.
const storedSelector = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector): LabelSelector => ({
  ...(Object.keys(matchLabels).length === 0 ? {} : { matchLabels }),
  ...(matchExpressions.length === 0
    ? {}
    : {
        matchExpressions: matchExpressions.map(({ key, operator, values = [] }) => ({
          key,
          operator,
          ...(values.length === 0 ? {} : { values }),
        })),
      }),
});

const storedPeer = ({ ipBlock, namespaceSelector, podSelector }: PolicyPeer): PolicyPeer => ({
  ...(ipBlock ? { ipBlock: storedBlock(ipBlock) } : {}),
  ...(namespaceSelector ? { namespaceSelector: storedSelector(namespaceSelector) } : {}),
  ...(podSelector ? { podSelector: storedSelector(podSelector) } : {}),
});

const storedBlock = ({
  cidr,
  except = [],
}: NonNullable<PolicyPeer['ipBlock']>): NonNullable<PolicyPeer['ipBlock']> => ({
  cidr,
  ...(except.length === 0 ? {} : { except }),
});

/** A user's ingress rule as it is stored. */
export const storedIngress = ({ from, ports }: IngressRule): IngressRule => ({
  ...(from === undefined || from.length === 0 ? {} : { from: from.map(storedPeer) }),
  ...storedPorts(ports),
});

/** A user's egress rule as it is stored. */
export const storedEgress = ({ to, ports }: EgressRule): EgressRule => ({
  ...(to === undefined || to.length === 0 ? {} : { to: to.map(storedPeer) }),
  ...storedPorts(ports),
});
