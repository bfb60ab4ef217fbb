package io.releve.embedded.plain;

import static io.releve.embedded.plain.TypedCalls.words;

import io.releve.embedded.BitOperation;
import io.releve.embedded.BitUnit;
import io.releve.embedded.ExpiryOption;
import io.releve.embedded.GetExParams;
import io.releve.embedded.RestoreParams;
import io.releve.embedded.ScanParams;
import io.releve.embedded.SetParams;
import io.releve.embedded.SortParams;

/** Calls on strings, and on keys of any type. */
final class KeyCalls {
    private static final long FAR = 4_102_444_800L;
    /** DUMP of the string {@code 7} by Redis 7. */
    private static final byte[] SEVEN = {0, (byte) 0xc0, 7, 10, 0, 't', (byte) 0xcd, 'H', (byte) 0xa2, (byte) 0x83,
        (byte) 0xab, (byte) 0xce, (byte) 0x92};

    private KeyCalls() {
    }

    static void strings(TypedCalls calls) {
        calls.given("SET k 10", "SET s hello", "SET t yellow", "RPUSH l a");
        calls.expect("10", "get", "k");
        calls.expect("OK", "set", "k", "v");
        calls.expect("null", "set", "k", "v", new SetParams().nx());
        calls.expect("10", "setGet", "k", "v");
        calls.expect("10", "setGet", "k", "v", new SetParams().ex(5));
        calls.expect("10", "getSet", "k", "v");
        calls.expect("10", "getDel", "k");
        calls.expect("10", "getEx", "k", new GetExParams().ex(100));
        calls.expect("OK", "setex", "k", 100, "v");
        calls.expect("OK", "psetex", "k", 100_000, "v");
        calls.expect("0", "setnx", "k", "v");
        calls.expect("[10, null, null]", "mget", (Object) words("k", "none", "l"));
        calls.expect("OK", "mset", (Object) words("a", "1", "b", "2"));
        calls.expect("0", "msetnx", (Object) words("a", "1", "k", "2"));
        calls.expect("11", "incr", "k");
        calls.expect("15", "incrBy", "k", 5);
        calls.expect("10.5", "incrByFloat", "k", 0.5);
        calls.expect("9", "decr", "k");
        calls.expect("7", "decrBy", "k", 3);
        calls.expect("3", "append", "k", "x");
        calls.expect("2", "strlen", "k");
        calls.expect("ell", "getrange", "s", 1, 3);
        calls.expect("5", "setrange", "s", 1, "EY");
        calls.expect("ello", "lcs", "s", "t");
        calls.expect("4", "lcsLen", "s", "t");
    }

    static void bitmaps(TypedCalls calls) {
        calls.given("SET b a");
        calls.expect("true", "setbit", "b", 1, false);
        calls.expect("true", "getbit", "b", 2);
        calls.expect("3", "bitcount", "b");
        calls.expect("3", "bitcount", "b", 0, 0);
        calls.expect("2", "bitcount", "b", 0, 2, BitUnit.BIT);
        calls.expect("1", "bitpos", "b", true);
        calls.expect("0", "bitpos", "b", false, 0, -1);
        calls.expect("7", "bitpos", "b", true, 3, 7, BitUnit.BIT);
        calls.expect("1", "bitop", BitOperation.AND, "d", words("b", "b"));
        calls.expect("[98]", "bitfield", "b", words("INCRBY", "u8", "0", "1"));
        calls.expect("[6]", "bitfieldReadonly", "b", words("GET", "u4", "0"));
    }

    static void hyperLogLogs(TypedCalls calls) {
        calls.given("PFADD h a b", "PFADD i b c");
        calls.expect("true", "pfadd", "h", words("z"));
        calls.expect("3", "pfcount", (Object) words("h", "i"));
        calls.expect("OK", "pfmerge", "d", words("h", "i"));
    }

    static void keys(TypedCalls calls) {
        calls.given("SET k 1 EX 1000", "SET s b", "RPUSH l 3 1 2", "MSET w_1 30 w_2 20 w_3 10", "SET e 1 EXAT " + FAR);
        calls.expect("true", "exists", "k");
        calls.expect("2", "exists", (Object) words("k", "k", "none"));
        calls.expect("1", "del", "k");
        calls.expect("2", "del", (Object) words("k", "s"));
        calls.expect("1", "unlink", "k");
        calls.expect("2", "unlink", (Object) words("k", "s"));
        calls.expect("1", "touch", (Object) words("k", "none"));
        calls.expect("list", "type", "l");
        calls.expect("OK", "rename", "k", "new");
        calls.expect("0", "renamenx", "k", "s");
        calls.expect("true", "copy", "k", "s", true);
        calls.expect("1", "move", "k", 1);
        calls.expect("true", "expire", "k", 10);
        calls.expect("false", "expire", "k", 10, ExpiryOption.GT);
        calls.expect("true", "pexpire", "k", 10_000);
        calls.expect("true", "pexpire", "k", 10_000, ExpiryOption.LT);
        calls.expect("true", "expireAt", "k", FAR);
        calls.expect("true", "pexpireAt", "k", FAR * 1000);
        calls.expect(FAR + "", "expireTime", "e");
        calls.expect(FAR * 1000 + "", "pexpireTime", "e");
        calls.expect("-1", "ttl", "s");
        calls.expect("-2", "pttl", "none");
        calls.expect("true", "persist", "k");
        calls.expect("[1, 2, 3]", "sort", "l");
        calls.expect("[1, 2]", "sort", "l", new SortParams().by("w_*").desc().limit(0, 2));
        calls.expect("3", "sort", "l", new SortParams().alpha(), "d");
        calls.expect("[30, 20, 10]", "sortReadonly", "l", new SortParams().get("w_*"));
        calls.expect("listpack", "objectEncoding", "l");
        calls.expect("1", "objectRefcount", "l");
        calls.expect("0", "objectIdletime", "l");
        calls.expect("~.+", "dump", "k");
        calls.expect("OK", "restore", "new", 0, SEVEN);
        calls.expect("OK", "restore", "k", 0, SEVEN, new RestoreParams().replace());
        walks(calls);
        calls.given("CONFIG SET maxmemory-policy allkeys-lfu", "SET k 1");
        calls.expect("5", "objectFreq", "k");
        calls.given("CONFIG SET maxmemory-policy noeviction");
    }

    private static void walks(TypedCalls calls) {
        calls.given("SET only 1");
        ScanParams params = new ScanParams().match("o*").count(100).type("string");
        calls.expect("only", "randomKey");
        calls.expect("only", "randomBinaryKey");
        calls.expect("[only]", "keys", "o*");
        calls.expect("0 [only]", "scan", "0");
        calls.expect("0 [only]", "scan", "0", params);
        calls.expect("0 [only]", "scanBytes", "0");
        calls.expect("0 [only]", "scanBytes", "0", params);
    }
}
