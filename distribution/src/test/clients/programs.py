"""Five small programs with redis-py. Argument: port. Prints a line for each that did what it must."""
import sys
import threading
import time

import redis

PORT = int(sys.argv[1])
pool = redis.ConnectionPool(host="127.0.0.1", port=PORT, decode_responses=True, max_connections=20)
main = redis.Redis(connection_pool=pool)


def job_queue():
    done = []

    def work():
        client = redis.Redis(connection_pool=pool)
        while True:
            job = client.blpop("py:jobs", timeout=5)
            if job is None or job[1] == "stop":
                return
            done.append(job[1])
            with client.pipeline(transaction=True) as transaction:
                transaction.incr("py:done")
                transaction.lpush("py:log", job[1])
                transaction.execute()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    with main.pipeline(transaction=False) as pipeline:
        for i in range(300):
            pipeline.rpush("py:jobs", f"job-{i}")
        pipeline.rpush("py:jobs", "stop", "stop", "stop")
        pipeline.execute()
    for worker in workers:
        worker.join()
    assert len(set(done)) == 300
    assert main.get("py:done") == "300"


def rate_limiter():
    take = main.register_script("""
        local used = redis.call('INCR', KEYS[1])
        if used == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
        return used <= tonumber(ARGV[1])""")
    assert sum(1 for _ in range(15) if take(keys=["py:limit"], args=[10, 1000])) == 10
    time.sleep(1.1)
    assert take(keys=["py:limit"], args=[10, 1000]) == 1


def cache_with_tracking():
    heard = []
    ears = redis.Redis(host="127.0.0.1", port=PORT, decode_responses=True).pubsub()
    ears.subscribe("__redis__:invalidate")
    ears.get_message(timeout=2)
    reader = redis.Redis(host="127.0.0.1", port=PORT, decode_responses=True, single_connection_client=True)
    listener = [each["id"] for each in main.client_list() if int(each["sub"]) == 1][0]
    assert reader.execute_command("CLIENT", "TRACKING", "ON", "REDIRECT", listener) in ("OK", True)
    main.set("py:cached", "one")
    assert reader.get("py:cached") == "one"
    main.set("py:cached", "two")
    message = ears.get_message(timeout=2)
    heard.extend(message["data"])
    assert heard == ["py:cached"], heard
    assert reader.get("py:cached") == "two"
    reader.close()
    ears.close()


def leaderboard():
    for i in range(100):
        main.zincrby("py:board", (i * 37) % 101, f"player-{i % 20}")
    top = main.zrevrange("py:board", 0, 2, withscores=True)
    assert len(top) == 3 and top[0][1] >= top[1][1]
    assert main.zrevrank("py:board", top[0][0]) == 0


def stream_with_crash():
    main.xgroup_create("py:stream", "group", id="$", mkstream=True)
    for i in range(20):
        main.xadd("py:stream", {"n": i})
    dying = redis.Redis(host="127.0.0.1", port=PORT, decode_responses=True, single_connection_client=True)
    taken = dying.xreadgroup("group", "dying", {"py:stream": ">"}, count=5)
    assert len(taken[0][1]) == 5
    dying.close()
    claimed = main.xautoclaim("py:stream", "group", "heir", 0)
    assert len(claimed[1]) == 5
    rest = main.xreadgroup("group", "heir", {"py:stream": ">"}, count=100)
    assert len(rest[0][1]) == 15
    ids = [entry[0] for entry in claimed[1] + rest[0][1]]
    assert main.xack("py:stream", "group", *ids) == 20
    assert main.xpending("py:stream", "group")["pending"] == 0


def messages():
    ears = main.pubsub()
    ears.subscribe("py:news")
    ears.psubscribe("py:n*")
    main.publish("py:news", "hello")
    heard = []
    end = time.time() + 5
    while len(heard) < 2 and time.time() < end:
        message = ears.get_message(ignore_subscribe_messages=True, timeout=1)
        if message:
            heard.append(message["type"])
    assert sorted(heard) == ["message", "pmessage"], heard
    ears.close()


for program in (job_queue, rate_limiter, cache_with_tracking, leaderboard, stream_with_crash, messages):
    program()
    print(f"redis-py {program.__name__}: fine", flush=True)
