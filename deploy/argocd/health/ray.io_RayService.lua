-- Health of a RayService for Argo CD, from what KubeRay 1.3 and newer writes into its status.
-- https://github.com/ray-project/kuberay/blob/master/ray-operator/apis/ray/v1/rayservice_types.go
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

-- An application that Ray Serve could not deploy stays so until somebody changes it.
local function findBroken(cluster)
  local applications = (cluster or {}).applicationStatuses or {}
  local names = {}
  for name, application in pairs(applications) do
    if application.status == "DEPLOY_FAILED" or application.status == "UNHEALTHY" then
      table.insert(names, name)
    end
  end
  -- Of several always the same is named, or the message would flap.
  table.sort(names)
  local first = applications[names[1]]
  return first and "The application " .. names[1] .. " is " .. first.status .. ": " .. (first.message or "no reason given")
end

local ready = condition("Ready")
if condition("Suspended").status == "True" then
  return health("Suspended", "The service is suspended")
end
if condition("Suspending").status == "True" then
  return health("Progressing", "The service is being suspended")
end
if ready.status == "False" and (ready.reason == "ValidationFailed" or ready.reason == "InitializingTimeout") then
  return health("Degraded", ready.message)
end
if status.observedGeneration == nil or status.observedGeneration < (obj.metadata.generation or 0) then
  return health("Progressing", "Waiting for KubeRay to take the change; if it stays so, its events on this object say why")
end
local broken = findBroken(status.pendingServiceStatus) or findBroken(status.activeServiceStatus)
if broken then
  return health("Degraded", broken)
end
if condition("UpgradeInProgress").status == "True" then
  return health("Progressing", "A new cluster is being prepared, and the old one serves until it is ready")
end
if condition("RollbackInProgress").status == "True" then
  return health("Progressing", "The upgrade is being taken back")
end
if ready.status == "True" or (ready.status == nil and status.serviceStatus == "Running") then
  return health("Healthy", (status.numServeEndpoints or 0) .. " endpoints serve")
end
return health("Progressing", ready.message or "Waiting for the first endpoint that serves")
