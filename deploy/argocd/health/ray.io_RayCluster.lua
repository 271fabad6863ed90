-- Health of a RayCluster for Argo CD, from what KubeRay 1.3 and newer writes into its status.
-- https://github.com/ray-project/kuberay/blob/master/ray-operator/apis/ray/v1/raycluster_types.go
local status = obj.status or {}

local function is(type, value)
  for _, condition in ipairs(status.conditions or {}) do
    if condition.type == type and condition.status == value then
      return condition
    end
  end
  return nil
end

local function health(code, message)
  return { status = code, message = message }
end

if obj.spec ~= nil and obj.spec.suspend == true then
  if is("RayClusterSuspended", "True") or status.state == "suspended" then
    return health("Suspended", "The cluster is suspended")
  end
  return health("Progressing", "The cluster is being suspended")
end
if status.observedGeneration == nil or status.observedGeneration < (obj.metadata.generation or 0) then
  return health("Progressing", "Waiting for KubeRay to take the change; if it stays so, its events on this object say why")
end
local failure = is("ReplicaFailure", "True")
if failure then
  return health("Degraded", failure.message)
end
if status.state == "failed" then
  return health("Degraded", status.reason or "The cluster has failed")
end

-- Without its feature gate KubeRay 1.3 writes no conditions.
if #(status.conditions or {}) == 0 then
  if status.state == "ready" then
    return health("Healthy", "All pods of the cluster are ready")
  end
  return health("Progressing", "Waiting for the pods of the cluster")
end
local head = is("HeadPodReady", "False")
if head then
  return health("Progressing", "The head pod is not ready: " .. (head.message or head.reason or "no reason given"))
end
-- It stays true once all pods were ready, whatever the autoscaler does afterwards.
if is("RayClusterProvisioned", "True") then
  return health("Healthy", "The head is ready, and so are " .. (status.readyWorkerReplicas or 0) .. " of " .. (status.desiredWorkerReplicas or 0) .. " workers")
end
return health("Progressing", "Waiting for the workers: " .. (status.readyWorkerReplicas or 0) .. " of " .. (status.desiredWorkerReplicas or 0) .. " are ready")
