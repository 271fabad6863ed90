# What every workload here asks of the cluster: its nodes, and work that is bound to one of them.
# The last line that a workload prints is `RESULT` and a JSON document, which the suites read.
import json
import sys
import time

import ray
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy


def wait_for_nodes(count, seconds=90):
    """The nodes that are alive, by address, once there are `count` of them."""
    end = time.monotonic() + seconds
    while True:
        alive = {n["NodeManagerAddress"]: n["NodeID"] for n in ray.nodes() if n["Alive"]}
        if len(alive) >= count:
            return alive
        if time.monotonic() > end:
            raise TimeoutError(f"{len(alive)} of {count} nodes: {sorted(alive)}")
        time.sleep(0.2)


def bound_to(node_id):
    """Options that bind a task or an actor to one node."""
    return {"scheduling_strategy": NodeAffinitySchedulingStrategy(node_id, soft=False), "num_cpus": 0}


def print_result(result):
    print("RESULT " + json.dumps(result), flush=True)


if __name__ == "__main__":
    ray.init(log_to_driver=False)
    print_result(sorted(wait_for_nodes(int(sys.argv[1]))))
