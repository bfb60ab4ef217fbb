package io.releve.embedded.plain;

import static io.releve.embedded.ListDirection.LEFT;
import static io.releve.embedded.ListDirection.RIGHT;
import static io.releve.embedded.plain.TypedCalls.words;

import io.releve.embedded.LPosParams;
import io.releve.embedded.ListPosition;
import io.releve.embedded.ScanParams;
import java.util.Map;

/** Calls on lists, hashes and sets. */
final class CollectionCalls {
    private CollectionCalls() {
    }

    static void lists(TypedCalls calls) {
        calls.given("RPUSH l a b c b", "RPUSH m x");
        calls.expect("6", "lpush", "l", words("y", "z"));
        calls.expect("6", "rpush", "l", words("y", "z"));
        calls.expect("0", "lpushx", "none", words("a"));
        calls.expect("5", "rpushx", "l", words("q"));
        calls.expect("a", "lpop", "l");
        calls.expect("[a, b]", "lpop", "l", 2);
        calls.expect("b", "rpop", "l");
        calls.expect("[b, c]", "rpop", "l", 2);
        calls.expect("4", "llen", "l");
        calls.expect("[b, c, b]", "lrange", "l", 1, -1);
        calls.expect("c", "lindex", "l", -2);
        calls.expect("OK", "lset", "l", 0, "q");
        calls.expect("2", "lrem", "l", 0, "b");
        calls.expect("OK", "ltrim", "l", 1, 2);
        calls.expect("5", "linsert", "l", ListPosition.BEFORE, "c", "q");
        calls.expect("1", "lpos", "l", "b");
        calls.expect("3", "lpos", "l", "b", new LPosParams().rank(-1));
        calls.expect("[1, 3]", "lpos", "l", "b", new LPosParams().maxlen(0), 0);
        calls.expect("a", "lmove", "l", "m", LEFT, RIGHT);
        calls.expect("b", "rpoplpush", "l", "m");
        calls.expect("l=[a]", "lmpop", LEFT, words("none", "l"));
        calls.expect("l=[b, c]", "lmpop", RIGHT, 2, words("l"));
        calls.expect("l=a", "blpop", 1, words("none", "l"));
        calls.expect("l=b", "brpop", 1, words("none", "l"));
        calls.expect("b", "blmove", "l", "m", RIGHT, LEFT, 1);
        calls.expect("b", "brpoplpush", "l", "m", 1);
        calls.expect("l=[a]", "blmpop", 1, LEFT, words("none", "l"));
    }

    static void hashes(TypedCalls calls) {
        calls.given("HSET h a 1 b 2", "HSET o only 7");
        calls.expect("1", "hset", "h", "c", "3");
        calls.expect("0", "hset", "h", Map.of("a", "9"));
        calls.expect("OK", "hmset", "h", Map.of("a", "9", "c", "3"));
        calls.expect("0", "hsetnx", "h", "a", "9");
        calls.expect("1", "hget", "h", "a");
        calls.expect("[1, null]", "hmget", "h", words("a", "none"));
        calls.expect("#[a=1, b=2]", "hgetAll", "h");
        calls.expect("1", "hdel", "h", words("a", "none"));
        calls.expect("true", "hexists", "h", "a");
        calls.expect("2", "hlen", "h");
        calls.expect("#[a, b]", "hkeys", "h");
        calls.expect("#[1, 2]", "hvals", "h");
        calls.expect("1", "hstrlen", "h", "a");
        calls.expect("5", "hincrBy", "h", "a", 4);
        calls.expect("1.5", "hincrByFloat", "h", "a", 0.5);
        calls.expect("only", "hrandfield", "o");
        calls.expect("[only]", "hrandfield", "o", 3);
        calls.expect("[only=7]", "hrandfieldWithValues", "o", 3);
        calls.expect("0 [a=1, b=2]", "hscan", "h", "0");
        calls.expect("0 [b=2]", "hscan", "h", "0", new ScanParams().match("b*").count(5));
    }

    static void sets(TypedCalls calls) {
        calls.given("SADD a 1 2 3", "SADD b 2 3 4", "SADD o only");
        calls.expect("1", "sadd", "a", words("3", "9"));
        calls.expect("1", "srem", "a", words("1", "9"));
        calls.expect("#[1, 2, 3]", "smembers", "a");
        calls.expect("3", "scard", "a");
        calls.expect("true", "sismember", "a", "1");
        calls.expect("[true, false]", "smismember", "a", words("1", "4"));
        calls.expect("1", "smove", "a", "b", "1");
        calls.expect("only", "spop", "o");
        calls.expect("[only]", "spop", "o", 2);
        calls.expect("only", "srandmember", "o");
        calls.expect("[only, only]", "srandmember", "o", -2);
        calls.expect("#[2, 3]", "sinter", (Object) words("a", "b"));
        calls.expect("2", "sinterstore", "d", words("a", "b"));
        calls.expect("2", "sintercard", (Object) words("a", "b"));
        calls.expect("1", "sintercard", 1, words("a", "b"));
        calls.expect("#[1, 2, 3, 4]", "sunion", (Object) words("a", "b"));
        calls.expect("4", "sunionstore", "d", words("a", "b"));
        calls.expect("[1]", "sdiff", (Object) words("a", "b"));
        calls.expect("1", "sdiffstore", "d", words("a", "b"));
        calls.expect("0 [1, 2, 3]", "sscan", "a", "0");
        calls.expect("0 [2]", "sscan", "a", "0", new ScanParams().match("2*").count(5));
    }
}
