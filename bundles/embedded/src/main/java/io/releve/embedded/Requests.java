package io.releve.embedded;

/** Where commands are run: what all typed commands are made of. */
public interface Requests {
    /** Begins a command; the name may be of two words' first, {@code request("CONFIG").add("GET")}. */
    Invocation request(String command);

    /**
     * Runs any command with any words.
     *
     * <pre>{@code
     * Reply reply = releve.call("LCS", a, b, "LEN".getBytes());
     * }</pre>
     *
     * @return the reply as it came; errors are returned, not thrown
     */
    Reply call(String command, byte[]... arguments);

    /** The same with texts, as UTF-8. */
    default Reply call(String command, String... arguments) {
        byte[][] words = new byte[arguments.length][];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
        return call(command, words);
    }

    /** The same without arguments. */
    default Reply call(String command) {
        return call(command, new byte[0][]);
    }
}
