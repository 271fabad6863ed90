-- Health of a Certificate for Argo CD in place of its own check, which calls one Degraded that is only about to be issued for the
-- first time: cert-manager writes Ready=False before Issuing=True, and a Degraded object fails a sync wave or a hook.
-- Reasons: https://github.com/cert-manager/cert-manager/blob/master/internal/controller/certificates/policies/constants.go
local status = obj.status or {}

local function condition(type)
  for _, one in ipairs(status.conditions or {}) do
    if one.type == type then
      return one
    end
  end
  return {}
end

local function health(code, message)
  return { status = code, message = message }
end

local issuing = condition("Issuing")
local ready = condition("Ready")
if issuing.status == "True" then
  return health("Progressing", issuing.message)
end
if ready.status == "True" then
  return health("Healthy", ready.message)
end
if status.lastFailureTime ~= nil or (status.failedIssuanceAttempts or 0) > 0 then
  return health("Degraded", issuing.message or ready.message)
end
if ready.status == "False" and ready.reason == "Expired" then
  return health("Degraded", ready.message)
end
return health("Progressing", ready.message or "Waiting for cert-manager")
