# Asks for more than the cluster has, and gives it back. argv: how many processors.
# Result: the nodes while all actors were alive.
import sys

import ray
from nodes import print_result, wait_for_nodes


@ray.remote(num_cpus=1)
class Busy:
    def whereabouts(self):
        return ray.util.get_node_ip_address()


ray.init(log_to_driver=False)
busy = [Busy.remote() for _ in range(int(sys.argv[1]))]
places = ray.get([b.whereabouts.remote() for b in busy], timeout=240)
print_result({"actors": sorted(places), "nodes": sorted(wait_for_nodes(1))})
