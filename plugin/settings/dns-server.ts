// Where pods ask for names: a preset, an address, or pods by namespace and labels (`dns-system/app=coredns&tier=node:5353`).
// Labels: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
import { isDnsLabel, isDnsName } from './dns-name.ts';
import { readEndpoint, readPort } from './endpoint.ts';
import type { Form } from './form.ts';
import type { DnsPods, DnsPreset, DnsServer } from './settings.ts';

// RFC 1035, section 4.2.
const dnsPort = 53;

const dnsPresets = [
  'any',
  'kube-dns',
  'node-local-dns',
  'gke-cloud-dns',
  'openshift',
] as const satisfies readonly DnsPreset[];

const isLabelText = (text: string): boolean =>
  text.length <= 63 && /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(text);

function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/');
  return (slash === -1 || isDnsName(key.slice(0, slash))) && isLabelText(key.slice(slash + 1));
}

function readLabels(text: string): Record<string, string> | undefined {
  const labels: Record<string, string> = {};
  for (const part of text.split('&')) {
    const [key = '', value = '', ...more] = part.split('=');
    if (more.length > 0 || !isLabelKey(key) || !isLabelText(value)) return undefined;
    labels[key] = value;
  }
  return labels;
}

function readPods(text: string): DnsPods | undefined {
  const [, namespace = '', labelText = '', portText] = /^([^/]+)\/([^:]+)(?::(\d+))?$/.exec(text) ?? [];
  const labels = readLabels(labelText);
  const port = portText === undefined ? dnsPort : readPort(portText);
  return isDnsLabel(namespace) && labels && port !== undefined ? { namespace, labels, port } : undefined;
}

const readDnsServer = (text: string): DnsServer | undefined =>
  dnsPresets.find((preset) => preset === text) ?? (text.includes('=') ? readPods(text) : readEndpoint(text, dnsPort));

export const dnsServerForm: Form<DnsServer> = {
  kind: 'string',
  read: (raw) => {
    const value = typeof raw === 'string' ? readDnsServer(raw) : undefined;
    return value ? { value } : { problem: { expected: 'dns-server' } };
  },
  schema: { anyOf: [{ enum: [...dnsPresets] }, { type: 'string' }] },
};
