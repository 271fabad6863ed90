// The schema of our own fields, `networkIsolation` (also as `networkPolicy`) and `tlsOptions`, and how they get into every
// RayClusterSpec. Meaning: docs of the fields in README.md. They replace KubeRay 1.7's fields of these names, which are narrower.
import { mapChildren, type Schema } from './schema.ts';

/** Kubernetes' schemas that rules are made of. */
export interface RuleSchemas {
  readonly ingressRule: Schema;
  readonly egressRule: Schema;
  readonly peer: Schema;
}

const text = (description: string): Schema => ({ description, type: 'string' });

/** A copy of `schema` in which every RayClusterSpec (known by its headGroupSpec) has our fields, in alphabetical order. */
export function addSecurityFields(schema: Schema, rules: RuleSchemas): Schema {
  const inner = mapChildren(schema, (child) => addSecurityFields(child, rules));
  if (!inner.properties?.['headGroupSpec']) return inner;
  const properties = {
    ...inner.properties,
    networkIsolation: networkIsolation(
      rules,
      'Network policies for the pods of this cluster; {} denies all but what Ray needs.',
    ),
    networkPolicy: networkIsolation(
      rules,
      "KubeRay 1.7's name of networkIsolation, with the same fields. Set one of the two.",
    ),
    tlsOptions: tlsOptions(rules),
  };
  const sorted = Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...inner, properties: Object.fromEntries(sorted) };
}

function networkIsolation(rules: RuleSchemas, description: string): Schema {
  const ruleFields = {
    ingressRules: { description: 'Ways in beside those that Ray needs.', type: 'array', items: rules.ingressRule },
    egressRules: { description: 'Ways out beside those that Ray needs.', type: 'array', items: rules.egressRule },
  };
  return {
    description,
    type: 'object',
    properties: {
      mode: {
        description: 'Which directions are denied; denyAll where it is not set.',
        type: 'string',
        enum: ['denyAll', 'denyAllIngress', 'denyAllEgress', 'DenyAll', 'DenyAllIngress', 'DenyAllEgress'],
      },
      ...ruleFields,
      head: closed('Rules for the head alone.', ruleFields),
      worker: closed('Rules for workers of groups without an entry of their own.', ruleFields),
      workerGroups: {
        description: 'Rules for single worker groups, in place of those under worker.',
        type: 'array',
        items: {
          type: 'object',
          required: ['groupName'],
          properties: { groupName: text('The groupName of a worker group of this cluster.'), ...ruleFields },
          additionalProperties: false,
        },
      },
    },
    additionalProperties: false,
  };
}

function tlsOptions(rules: RuleSchemas): Schema {
  return closed('Mutual TLS between all pods of this cluster; {} turns it on.', {
    enabled: { description: 'false turns mutual TLS off.', type: 'boolean' },
    mode: { description: 'mTLS, the only mode.', type: 'string', enum: ['mTLS'] },
    certificateSecretName: text(
      'A Secret of your own with tls.crt, tls.key and ca.crt; cert-manager is then not used.',
    ),
    workerCertificateSecretName: text('The same for workers; certificateSecretName where it is not set.'),
    issuerRef: {
      ...closed('An existing cert-manager issuer that signs the certificates, in place of a CA of their own.', {
        name: text('The name of the issuer.'),
        kind: text('Issuer where it is not set.'),
        group: text('cert-manager.io where it is not set.'),
      }),
      required: ['name'],
    },
    duration: text('How long a certificate is valid, as 8760h.'),
    renewBefore: text('How long before its end a certificate is renewed, as 2160h.'),
    privateKey: closed('The keys of the certificates.', {
      algorithm: { type: 'string', enum: ['RSA', 'ECDSA'] },
      size: { type: 'integer' },
    }),
    // Each name enters every head certificate, which gRPC sends whole in each handshake.
    extraDnsNames: {
      description: 'More DNS names of the head, at most 50.',
      type: 'array',
      maxItems: 50,
      items: { type: 'string' },
    },
    generation: { description: 'Raise it to get a new CA, new keys and new pods.', type: 'integer', minimum: 0 },
    retiring: {
      description: 'true: pods run without TLS again, certificates stay; the step before removal.',
      type: 'boolean',
    },
    clients: {
      description: 'Certificates for programs outside the cluster that use Ray Client.',
      type: 'array',
      items: {
        ...closed('', { name: text("Part of the Secret's name."), from: peers(rules) }),
        required: ['name'],
      },
    },
  });
}

const peers = ({ peer }: RuleSchemas): Schema => ({
  description: 'Who may reach the client port.',
  type: 'array',
  items: peer,
});

function closed(description: string, properties: Readonly<Record<string, Schema>>): Schema {
  return { ...(description && { description }), type: 'object', properties, additionalProperties: false };
}
