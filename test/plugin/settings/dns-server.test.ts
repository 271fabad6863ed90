import { expect, test } from 'vitest';
import { dnsServerForm } from '../../../plugin/settings/dns-server.ts';

test.each([
  ['any', 'any'],
  ['openshift', 'openshift'],
  ['10.96.0.10', { cidr: '10.96.0.10/32', port: 53 }],
  ['169.254.0.0/16:5353', { cidr: '169.254.0.0/16', port: 5353 }],
  ['[fd00::a]:53', { cidr: 'fd00::a/128', port: 53 }],
  ['kube-system/k8s-app=kube-dns', { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' }, port: 53 }],
  [
    'dns/app.kubernetes.io/name=coredns&tier=node:5353',
    { namespace: 'dns', labels: { 'app.kubernetes.io/name': 'coredns', tier: 'node' }, port: 5353 },
  ],
])('%s', (text, value) => expect(dnsServerForm.read(text)).toEqual({ value }));

test.each([
  'kubedns',
  'Kube-System/app=dns',
  'kube-system/app',
  'kube-system/app=dns:70000',
  'kube-system/app=a=b',
  'kube-system/=dns',
  'kube-system/app=',
  'kube-system/-app=dns',
  'kube-system/App Name=dns',
  '10.0.0.1:0',
  '',
  53,
  null,
])('%j is no DNS server', (raw) => {
  expect(dnsServerForm.read(raw)).toEqual({ problem: { expected: 'dns-server' } });
});
