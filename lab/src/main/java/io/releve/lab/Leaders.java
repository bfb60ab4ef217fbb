package io.releve.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who was elected in which epoch, by what the sentinels' logs say; Redis' and ours have the same events. */
final class Leaders {
    private static final Pattern EVENT = Pattern.compile("(\\+new-epoch|\\+try-failover|\\+elected-leader)(?: (\\d+))?");

    private final Map<Long, List<String>> byEpoch = new TreeMap<>();

    static Leaders of(List<Part> sentinels) {
        Leaders leaders = new Leaders();
        sentinels.forEach(sentinel -> leaders.read(sentinel.name(), sentinel.output()));
        return leaders;
    }

    /** A sentinel stands for the epoch that began last before it began to try. */
    void read(String sentinel, String log) {
        Matcher event = EVENT.matcher(log);
        long epoch = 0;
        long tried = 0;
        while (event.find()) {
            switch (event.group(1)) {
                case "+new-epoch" -> epoch = event.group(2) == null ? epoch : Long.parseLong(event.group(2));
                case "+try-failover" -> tried = epoch;
                default -> byEpoch.computeIfAbsent(tried, key -> new ArrayList<>()).add(sentinel);
            }
        }
    }

    Map<Long, List<String>> byEpoch() {
        return byEpoch;
    }

    /** Null, or what is wrong about it. */
    String problem() {
        return byEpoch.entrySet().stream().filter(entry -> entry.getValue().size() > 1)
                .map(entry -> "two leaders in epoch " + entry.getKey() + ": " + entry.getValue()).findFirst().orElse(null);
    }
}
