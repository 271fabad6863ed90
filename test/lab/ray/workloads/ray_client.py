# A program outside of the cluster that uses Ray Client. argv: the address, `ray://host:port`.
import sys

import ray
from nodes import print_result


@ray.remote
def double(x):
    return 2 * x


ray.init(sys.argv[1])
print_result({"doubled": ray.get(double.remote(21), timeout=60), "stored": len(ray.get(ray.put(b"x" * 1_000_000)))})
