# Tasks and actors in every direction: from the driver to each node, and from each node to each other node.
# argv: how many nodes there are. Result: the pairs of nodes that a task and an actor's call went between.
import sys

import ray
from nodes import bound_to, print_result, wait_for_nodes


@ray.remote
def whereabouts():
    return ray.get_runtime_context().get_node_id()


@ray.remote
def ask(node_id, options):
    """Has a task run on another node, from this one."""
    return ray.get_runtime_context().get_node_id(), ray.get(whereabouts.options(**options).remote())


@ray.remote
class Member:
    def whereabouts(self):
        return ray.get_runtime_context().get_node_id()

    async def ask(self, other):
        return ray.get_runtime_context().get_node_id(), await other.whereabouts.remote()


ray.init(log_to_driver=False)
nodes = wait_for_nodes(int(sys.argv[1]))
names = {node_id: name for name, node_id in nodes.items()}

from_driver = ray.get([whereabouts.options(**bound_to(n)).remote() for n in names], timeout=120)
tasks = ray.get(
    [ask.options(**bound_to(a)).remote(b, bound_to(b)) for a in names for b in names if a != b], timeout=120
)
members = {n: Member.options(**bound_to(n)).remote() for n in names}
calls = ray.get([members[a].ask.remote(members[b]) for a in names for b in names if a != b], timeout=120)

print_result({
    "driver": sorted(names[n] for n in from_driver),
    "tasks": sorted([names[a], names[b]] for a, b in tasks),
    "actors": sorted([names[a], names[b]] for a, b in calls),
})
