// A kubeconfig with everything inside: https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
import { stringify } from 'yaml';
import type { Access } from '../cluster/api.ts';

const encode = (text: string): string => Buffer.from(text).toString('base64');

/** The text of a kubeconfig that gives `access`. */
export const writeKubeconfig = ({ server, ca, certificate, key }: Access): string =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'lab', cluster: { server, 'certificate-authority-data': encode(ca) } }],
    users: [{ name: 'lab', user: { 'client-certificate-data': encode(certificate), 'client-key-data': encode(key) } }],
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: 'lab' } }],
    'current-context': 'lab',
  });
