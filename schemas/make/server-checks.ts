// What the API server checks or accepts in code, so that its published definitions do not say it. NetworkPolicy:
// pkg/apis/networking/validation/validation.go in https://github.com/kubernetes/kubernetes. A rule that it would refuse at
// sync time is refused when it is written.
import type { Definition } from './definition.ts';

// Addresses of either family with a prefix length; whether each part fits is for the API server to say.
const cidr =
  '^(([0-9]{1,3}\\.){3}[0-9]{1,3}/([0-9]|[12][0-9]|3[0-2])|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*/([0-9]|[1-9][0-9]|1[01][0-9]|12[0-8]))$';

/** For each definition, by its short name, what a field has beside or in place of what is published. */
export const serverChecks: Readonly<Record<string, Readonly<Record<string, Definition>>>> = {
  NetworkPolicyPort: {
    protocol: { enum: ['TCP', 'UDP', 'SCTP'] },
    // A port's name is an IANA service name (RFC 6335 section 5.1): at most 15 characters.
    port: { 'x-kubernetes-int-or-string': true, minimum: 1, maximum: 65535, minLength: 1, maxLength: 15 },
    endPort: { minimum: 1, maximum: 65535 },
  },
  IPBlock: {
    cidr: { pattern: cidr },
    except: { items: { type: 'string', pattern: cidr } },
  },
  NetworkPolicySpec: {
    policyTypes: { items: { type: 'string', enum: ['Ingress', 'Egress'] } },
  },
  LabelSelectorRequirement: {
    operator: { enum: ['In', 'NotIn', 'Exists', 'DoesNotExist'] },
  },
  // Go programs print an unset time as null.
  ObjectMeta: {
    creationTimestamp: { type: 'string', format: 'date-time', nullable: true },
  },
};
