-- Health of a RayCronJob for Argo CD: its runs are RayJobs of their own, and it says no more than when the last one began.
-- https://github.com/ray-project/kuberay/blob/master/ray-operator/apis/ray/v1/raycronjob_types.go
if obj.spec ~= nil and obj.spec.suspend == true then
  return { status = "Suspended", message = "No run is begun while it is suspended" }
end
local last = (obj.status or {}).lastScheduleTime
if last == nil then
  return { status = "Healthy", message = "No run has begun yet" }
end
return { status = "Healthy", message = "The last run began at " .. last }
