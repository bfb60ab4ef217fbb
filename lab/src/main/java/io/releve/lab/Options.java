package io.releve.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The command line behind {@code two-machines}. */
final class Options {
    /** How results are shown. */
    enum Form {
        COLUMNS, MARKDOWN, JSON
    }

    Software servers = Software.RELEVE;
    Software sentinels = Software.RELEVE;
    Setup.Variant variant = Setup.Variant.ARTICLE;
    boolean witness;
    int minReplicasToAck;
    int keys = 100_000;
    int rate = 300;
    int runs = 1;
    /** How often scenarios of several changes change the master; 0: 5 times, and 100 times for failovers. */
    int times;
    Form form = Form.COLUMNS;
    boolean keep;
    /** Null: a temporary one. */
    Path data;
    boolean help;
    final List<Scenario> scenarios = new ArrayList<>();

    private final String[] words;
    private int at;

    /** @throws IllegalArgumentException with a text for people */
    Options(String... words) {
        this.words = words;
        while (at < words.length) {
            option(words[at++]);
        }
        if (witness && sentinels == Software.REDIS) {
            throw new IllegalArgumentException("--witness: Redis' sentinels know no witness");
        }
        if (minReplicasToAck > 0 && servers == Software.REDIS) {
            throw new IllegalArgumentException("--min-replicas-to-ack: Redis has no such setting");
        }
    }

    private void option(String option) {
        switch (option) {
            case "--servers" -> servers = choice(Software.class, option);
            case "--sentinels" -> sentinels = choice(Software.class, option);
            case "--variant" -> variant = choice(Setup.Variant.class, option);
            case "--witness" -> witness = true;
            case "--min-replicas-to-ack" -> minReplicasToAck = number(option, 0, 1);
            case "--keys" -> keys = number(option, 0, 100_000_000);
            case "--rate" -> rate = number(option, 10, 10_000);
            case "--runs" -> runs = number(option, 1, 10_000);
            case "--times" -> times = number(option, 1, 1_000_000);
            case "--scenario" -> {
                for (String word : argument(option).split(",")) {
                    scenarios.add(Scenario.of(word));
                }
            }
            case "--json" -> form = Form.JSON;
            case "--markdown" -> form = Form.MARKDOWN;
            case "--keep" -> keep = true;
            case "--data" -> {
                data = Path.of(argument(option)).toAbsolutePath();
                keep = true;
            }
            case "--help", "-h" -> help = true;
            default -> throw new IllegalArgumentException("unknown option '" + option + "' (--help lists them)");
        }
    }

    int times(Scenario scenario) {
        return times > 0 ? times : scenario == Scenario.FAILOVERS ? 100 : 5;
    }

    String moreForServers() {
        return minReplicasToAck == 0 ? "" : "min-replicas-to-ack " + minReplicasToAck + "\n";
    }

    private String argument(String option) {
        if (at == words.length) {
            throw new IllegalArgumentException(option + " wants a value");
        }
        return words[at++];
    }

    private <E extends Enum<E>> E choice(Class<E> type, String option) {
        String word = argument(option);
        List<String> known = new ArrayList<>();
        for (E each : type.getEnumConstants()) {
            known.add(each.name().toLowerCase(Locale.ROOT));
            if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
                return each;
            }
        }
        throw new IllegalArgumentException(option + " is " + String.join(" or ", known) + ", not '" + word + "'");
    }

    private int number(String option, int least, int most) {
        String word = argument(option);
        try {
            int number = Integer.parseInt(word);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " wants a number, not '" + word + "'", e);
        }
        throw new IllegalArgumentException(option + " is from " + least + " to " + most + ", not " + word);
    }
}
