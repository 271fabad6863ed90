// Whether a text is a DNS name as Kubernetes takes it in names of objects (RFC 1123):
// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** One label, as the name of a namespace is; at most 63 characters. */
export const isDnsLabel = (text: string): boolean => text.length <= 63 && label.test(text);

/** Labels joined by dots, without a closing dot; at most 253 characters. */
export const isDnsName = (text: string): boolean => text.length <= 253 && text.split('.').every(isDnsLabel);
