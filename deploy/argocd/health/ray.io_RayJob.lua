-- Health of a RayJob for Argo CD. As a hook it is done when it is Healthy, and has failed when it is Degraded.
-- https://github.com/ray-project/kuberay/blob/master/ray-operator/apis/ray/v1/rayjob_types.go
local status = obj.status or {}
local deployment = status.jobDeploymentStatus or ""
local job = status.jobStatus or ""

local function health(code, message)
  return { status = code, message = message }
end

local function because(otherwise)
  local told = status.message
  if told == nil or told == "" then
    told = status.reason
  end
  if told == nil or told == "" then
    told = otherwise
  end
  return told
end

if deployment == "Failed" or deployment == "ValidationFailed" then
  return health("Degraded", because("The job has failed"))
end
if deployment == "Complete" then
  if job == "SUCCEEDED" then
    return health("Healthy", "The job has succeeded")
  end
  return health("Degraded", because("The job has ended as " .. job))
end
if deployment == "Suspended" then
  return health("Suspended", "The job is suspended")
end
if deployment == "Suspending" then
  return health("Progressing", "The job is being suspended")
end
if deployment == "Retrying" then
  return health("Progressing", "The job has failed and is tried again")
end
-- KubeRay waits for a submission from outside, which is no fault and has no end of its own.
if deployment == "Waiting" then
  return health("Suspended", "The cluster waits for a job to be submitted")
end
if deployment == "Running" then
  return health("Progressing", "The job is running")
end
return health("Progressing", "Waiting for the cluster of the job")
