# Objects of a given size, pulled from each node to each other node, and from each node to the driver.
# argv: how many nodes there are, bytes of an object. Result: for each pair whether every byte came, and in how many seconds.
import os
import sys
import time
import zlib

import ray
from nodes import bound_to, print_result, wait_for_nodes


@ray.remote
class Holder:
    def make(self, size):
        block = os.urandom(1_000_000)
        data = block * (size // len(block))
        return [ray.put(data)], zlib.crc32(data)

    def pull(self, refs):
        start = time.perf_counter()
        data = ray.get(refs[0])
        seconds = time.perf_counter() - start
        return zlib.crc32(data), len(data), seconds


ray.init(log_to_driver=False)
nodes = wait_for_nodes(int(sys.argv[1]))
size = int(sys.argv[2])
holders = {name: Holder.options(**bound_to(node_id)).remote() for name, node_id in nodes.items()}

pulled = []
for source, holder in holders.items():
    for target, other in holders.items():
        if source == target:
            continue
        # A new object for each pair: a copy that stays on a third node would be pulled from there.
        refs, checksum = ray.get(holder.make.remote(size), timeout=120)
        seen, length, seconds = ray.get(other.pull.remote(refs), timeout=120)
        pulled.append({"from": source, "to": target, "whole": seen == checksum and length == size, "seconds": seconds})
        del refs

print_result(pulled)
