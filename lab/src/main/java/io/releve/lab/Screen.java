package io.releve.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where the lab's desk shows what happens and is told what to do. Lines may come from any thread. */
interface Screen extends AutoCloseable {
    /** Something that happened. */
    void line(String text);

    /** How things stand now; shown as long as nothing else does. */
    void status(List<String> lines);

    /** The next command, or null at the end. */
    String read() throws IOException;

    @Override
    void close() throws IOException;

    /** A terminal if both ends are one; the launching script knows. */
    static Screen open(PrintStream out) throws IOException {
        return "inout".equals(System.getProperty("releve.terminals")) ? new TerminalScreen() : new PlainScreen(out);
    }

    /** Lines in, lines out. */
    final class PlainScreen implements Screen {
        private final PrintStream out;
        private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        private List<String> status = List.of();

        PlainScreen(PrintStream out) {
            this.out = out;
        }

        @Override
        public synchronized void line(String text) {
            out.println(text);
        }

        /** Printed when it has changed. */
        @Override
        public synchronized void status(List<String> lines) {
            if (!lines.equals(status)) {
                status = lines;
                out.println(String.join(" | ", lines));
            }
        }

        @Override
        public String read() throws IOException {
            return in.readLine();
        }

        @Override
        public void close() {
            out.flush();
        }
    }
}
