package io.releve.config;

import java.util.List;
import java.util.Locale;

/** The formats most directives use; error texts as Redis gives them. */
final class Formats {
    static final Directive.Format<Boolean> BOOL = new Directive.Format<>() {
        @Override
        public Boolean parse(List<String> words) {
            return switch (one(words).toLowerCase(Locale.ROOT)) {
                case "yes" -> true;
                case "no" -> false;
                default -> throw new IllegalArgumentException("argument must be 'yes' or 'no'");
            };
        }

        @Override
        public String show(Boolean value) {
            return value ? "yes" : "no";
        }
    };

    static final Directive.Format<String> TEXT = new Directive.Format<>() {
        @Override
        public String parse(List<String> words) {
            return one(words);
        }

        @Override
        public String show(String value) {
            return value;
        }
    };

    static final Directive.Format<List<String>> WORDS = new Directive.Format<>() {
        @Override
        public List<String> parse(List<String> words) {
            return List.copyOf(words);
        }

        @Override
        public String show(List<String> value) {
            return String.join(" ", value);
        }
    };

    private Formats() {
    }

    static Directive.Format<Long> integer(long min, long max) {
        return new Directive.Format<>() {
            @Override
            public Long parse(List<String> words) {
                long value;
                try {
                    value = Long.parseLong(one(words));
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException("argument couldn't be parsed into an integer");
                }
                return bounded(value, min, max);
            }

            @Override
            public String show(Long value) {
                return Long.toString(value);
            }
        };
    }

    static Directive.Format<Long> memory(long min, long max) {
        return new Directive.Format<>() {
            @Override
            public Long parse(List<String> words) {
                return bounded(bytes(one(words)), min, max);
            }

            @Override
            public String show(Long value) {
                return Long.toString(value);
            }
        };
    }

    static Directive.Format<String> choice(String... choices) {
        return new Directive.Format<>() {
            @Override
            public String parse(List<String> words) {
                String word = one(words);
                for (String choice : choices) {
                    if (choice.equalsIgnoreCase(word)) {
                        return choice;
                    }
                }
                throw new IllegalArgumentException(
                        "argument(s) must be one of the following: " + String.join(", ", choices));
            }

            @Override
            public String show(String value) {
                return value;
            }
        };
    }

    private static String one(List<String> words) {
        if (words.size() != 1) {
            throw new IllegalArgumentException("wrong number of arguments");
        }
        return words.get(0);
    }

    private static long bounded(long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "argument must be between " + min + " and " + max + " inclusive");
        }
        return value;
    }

    /** Reads {@code 64mb} and the like: k, m, g are powers of 1000, kb, mb, gb of 1024. */
    static long bytes(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int digits = 0;
        while (digits < lower.length() && (Character.isDigit(lower.charAt(digits)) || digits == 0 && lower.charAt(0) == '-')) {
            digits++;
        }
        long unit = switch (lower.substring(digits)) {
            case "", "b" -> 1L;
            case "k" -> 1000L;
            case "kb" -> 1L << 10;
            case "m" -> 1_000_000L;
            case "mb" -> 1L << 20;
            case "g" -> 1_000_000_000L;
            case "gb" -> 1L << 30;
            default -> throw new IllegalArgumentException("argument must be a memory value");
        };
        try {
            return Math.multiplyExact(Long.parseLong(lower.substring(0, digits)), unit);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("argument must be a memory value");
        }
    }
}
