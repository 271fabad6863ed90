# An application of Ray Serve: its replicas call each other, and answer over HTTP.
from ray import serve


@serve.deployment(num_replicas=2, ray_actor_options={"num_cpus": 0.1}, max_replicas_per_node=1)
class Double:
    def __call__(self, x):
        return 2 * x


@serve.deployment(ray_actor_options={"num_cpus": 0.1})
class Front:
    def __init__(self, double):
        self.double = double

    async def __call__(self, request):
        return str(await self.double.remote(int(request.query_params["x"])))


app = Front.bind(Double.bind())
