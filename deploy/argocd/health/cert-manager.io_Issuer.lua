-- Health of an Issuer for Argo CD in place of its own check. The CA of an owner is an Issuer over a Secret that its Certificate
-- fills after it was applied: until then cert-manager calls it not ready, which fails a sync wave or a hook. Issuers that rayshield did
-- not make are judged as Argo CD judges them.
-- Reasons: https://github.com/cert-manager/cert-manager/blob/master/pkg/issuer/ca/setup.go
local labels = obj.metadata.labels or {}
for _, condition in ipairs((obj.status or {}).conditions or {}) do
  if condition.type == "Ready" then
    if condition.status == "True" then
      return { status = "Healthy", message = condition.message }
    end
    local isOurs = labels["app.kubernetes.io/managed-by"] == "rayshield"
    if condition.status == "False" and not (isOurs and condition.reason == "ErrGetKeyPair") then
      return { status = "Degraded", message = condition.message }
    end
  end
end
return { status = "Progressing", message = "Waiting for the Secret of the CA" }
