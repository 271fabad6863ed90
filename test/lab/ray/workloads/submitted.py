# The driver of a job, as users write them: `ray.init()` without arguments, then work on every node.
# argv: how many nodes there are.
import sys

import ray
from nodes import bound_to, print_result, wait_for_nodes


@ray.remote
def square(x):
    return x * x


ray.init()
nodes = wait_for_nodes(int(sys.argv[1]))
squares = ray.get([square.options(**bound_to(n)).remote(i) for i, n in enumerate(nodes.values())], timeout=120)
print_result({"nodes": sorted(nodes), "squares": squares})
