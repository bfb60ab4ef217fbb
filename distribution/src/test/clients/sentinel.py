"""Writes by redis-py to whom the sentinels name, until another leads and takes writes. Arguments: the sentinels' ports."""
import sys
import time

from redis.sentinel import Sentinel

sentinel = Sentinel([("127.0.0.1", int(port)) for port in sys.argv[1:]], socket_timeout=1)
first = sentinel.discover_master("m")
master = sentinel.master_for("m", socket_timeout=1)
after = 0
failed = 0
end = time.time() + 60
print("writing", flush=True)
while after < 20 and time.time() < end:
    try:
        master.incr("python")
        after += sentinel.discover_master("m") != first
    except Exception:
        failed += 1
    time.sleep(0.01)
print(f"followed, {failed} writes failed meanwhile" if after >= 20 else "lost")
