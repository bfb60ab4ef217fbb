"""What an application does with redis-py, against the server on the loopback port given."""
import sys
import threading
import time

import redis

PORT = int(sys.argv[1])


def client(**options):
    return redis.Redis(host="127.0.0.1", port=PORT, socket_timeout=20, **options)


def strings(r):
    assert r.ping()
    assert r.set("py:k", "v", px=100000) is True
    assert r.set("py:k", "w", nx=True) is None
    assert r.get("py:k") == b"v"
    assert r.pexpire("py:k", 1)
    time.sleep(0.02)
    assert r.get("py:k") is None
    assert r.mset({"py:a": 1, "py:b": 2.5})
    assert r.mget("py:a", "py:none", "py:b") == [b"1", None, b"2.5"]
    assert r.incrbyfloat("py:b", 0.5) == 3.0
    assert r.setex("py:e", 100, b"\x00\xff\r\n") is True
    assert r.get("py:e") == b"\x00\xff\r\n"
    assert 0 < r.ttl("py:e") <= 100
    assert r.type("py:e") == b"string"
    try:
        r.incr("py:e")
        raise AssertionError("no error")
    except redis.ResponseError as e:
        assert "not an integer" in str(e), e


def pipelines(r):
    pipeline = r.pipeline(transaction=False)
    for i in range(20000):
        pipeline.set("py:key:%d" % i, i)
    assert all(pipeline.execute())
    assert len(set(r.scan_iter(match="py:key:*", count=500))) == 20000
    assert r.get("py:key:19999") == b"19999"


def large(r):
    value = bytes(range(256)) * 40000
    assert r.set("py:large", value)
    assert r.get("py:large") == value
    assert r.strlen("py:large") == len(value)


def threads():
    pool = redis.ConnectionPool(host="127.0.0.1", port=PORT, socket_timeout=20)

    def count():
        r = redis.Redis(connection_pool=pool)
        for _ in range(500):
            r.incr("py:count")

    workers = [threading.Thread(target=count) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert client().get("py:count") == b"2000"


def server(r):
    assert r.info("server")["redis_version"].startswith("7.2")
    assert r.config_get("port")["port"] == str(PORT)
    assert r.command_count() > 50
    assert any(c["addr"] for c in r.client_list())
    assert client(db=3).dbsize() == 0


strings(client())
pipelines(client())
large(client())
threads()
server(client())
print("all fine")
