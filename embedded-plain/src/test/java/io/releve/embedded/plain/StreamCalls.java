package io.releve.embedded.plain;

import static io.releve.embedded.plain.TypedCalls.words;

import io.releve.embedded.XAddParams;
import io.releve.embedded.XClaimParams;
import io.releve.embedded.XPendingParams;
import io.releve.embedded.XReadParams;
import io.releve.embedded.XTrimParams;
import java.util.Map;

/** Calls on streams. */
final class StreamCalls {
    private StreamCalls() {
    }

    static void streams(TypedCalls calls) {
        calls.given("XADD s 1-1 a 1 b 2", "XADD s 2-1 a 3", "XGROUP CREATE s g 0", "XREADGROUP GROUP g c COUNT 1 STREAMS s >");
        calls.expect("~\\d+-\\d+", "xadd", "s", Map.of("f", "v"));
        calls.expect("9-9", "xadd", "s", Map.of("f", "v"), new XAddParams().id("9-9").maxLen(1));
        calls.expect("2", "xlen", "s");
        calls.expect("1", "xdel", "s", words("1-1", "5-5"));
        calls.expect("1", "xtrim", "s", new XTrimParams().maxLen(1));
        calls.expect("[1-1[a=1, b=2], 2-1[a=3]]", "xrange", "s", "-", "+");
        calls.expect("[1-1[a=1, b=2]]", "xrange", "s", "-", "+", 1);
        calls.expect("[2-1[a=3], 1-1[a=1, b=2]]", "xrevrange", "s", "+", "-");
        calls.expect("[2-1[a=3]]", "xrevrange", "s", "+", "-", 1);
        calls.expect("[s=[2-1[a=3]]]", "xread", new XReadParams().stream("s", "1-1").count(5));
        calls.expect("[s=[2-1[a=3]]]", "xreadGroup", "g", "c", new XReadParams().stream("s", ">").noAck());
        groups(calls);
    }

    private static void groups(TypedCalls calls) {
        calls.expect("1", "xack", "s", "g", words("1-1", "9-9"));
        calls.expect("OK", "xgroupCreate", "new", "g", "$", true);
        calls.expect("OK", "xgroupSetID", "s", "g", "0");
        calls.expect("1", "xgroupDestroy", "s", "g");
        calls.expect("true", "xgroupCreateConsumer", "s", "g", "d");
        calls.expect("1", "xgroupDelConsumer", "s", "g", "c");
        calls.expect("PendingSummary[count=1, lowest=1-1, highest=1-1, byConsumer={c=1}]", "xpending", "s", "g");
        calls.expect("~\\[PendingEntry\\[id=1-1, consumer=c, idle=\\d+, deliveries=1]]", "xpending", "s", "g",
                new XPendingParams("-", "+", 10).consumer("c"));
        calls.expect("[1-1[a=1, b=2]]", "xclaim", "s", "g", "d", 0, new XClaimParams().retryCount(5), words("1-1"));
        calls.expect("[1-1]", "xclaimJustId", "s", "g", "d", 0, new XClaimParams(), words("1-1"));
        calls.expect("0-0 [1-1[a=1, b=2]] []", "xautoclaim", "s", "g", "d", 0, "0-0", 10);
        calls.expect("~.*entries-added=2.*groups=1.*length=2.*", "xinfoStream", "s");
        calls.expect("~.*consumers=1.*name=\"g\", pending=1.*", "xinfoGroups", "s");
        calls.expect("~.*name=\"c\", pending=1.*", "xinfoConsumers", "s", "g");
    }
}
