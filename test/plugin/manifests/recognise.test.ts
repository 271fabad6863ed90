import { expect, test } from 'vitest';
import { recognise } from '../../../plugin/manifests/recognise.ts';
import { splitStream } from '../../../plugin/manifests/split.ts';

test.each([
  ['object', 'apiVersion: v1\nkind: Service\n'],
  ['object', '# c\n"kind": Service\n"apiVersion": v1\n'],
  ['object', '{"kind": "Service", "apiVersion": "v1"}\n'],
  ['object', '? kind\n: Service\n? apiVersion\n: v1\n'],
  ['object', 'apiVersion: v1\nkind: ConfigMap\ndata:\n  x: |\n    {{ y }}\n'],
  ['nothing', '# c\n\n'],
  ['nothing', 'null\n'],
  ['nothing', 'apiVersion: v1\nkind: List\nitems: []\n'],
  ['other', 'replicas: 3\n'],
  ['other', 'kind: Service\n'],
  ['other', '- apiVersion: v1\n  kind: Service\n'],
  ['other', 'a: !Ref b\n'],
  ['other', 'a: "b\n'],
  ['template', 'apiVersion: v1\n{{- if .Values.x }}\nkind: Service\n{{- end }}\n'],
])('%s: %j', (kind, text) => {
  expect(splitStream({ file: 'f', text }).map(recognise)).toEqual([kind]);
});
