package io.releve.perf.jmh;

/** Requests in the protocol's form. */
final class Wire {
    private Wire() {
    }

    /** The words of a command, ASCII, separated by blanks. */
    static String encode(String command) {
        String[] words = command.split(" ");
        StringBuilder text = new StringBuilder("*").append(words.length).append("\r\n");
        for (String word : words) {
            text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        return text.toString();
    }
}
