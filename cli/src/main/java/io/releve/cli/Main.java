package io.releve.cli;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs one command, or those of standard input, or asks for them at a terminal. Exit codes: 0, also after an error
 * reply (1 with {@code -e}); 1 without a connection or with a wrong command line.
 */
public final class Main {
    private final Options options;
    private final PrintStream out;
    private final boolean inputIsTerminal;
    private final boolean outputIsTerminal;

    private Main(Options options) {
        this.options = options;
        this.out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        String terminals = System.getProperty("releve.terminals");
        boolean console = terminals == null && System.console() != null;
        inputIsTerminal = console || terminals != null && terminals.contains("in");
        outputIsTerminal = console || terminals != null && terminals.contains("out");
    }

    public static void main(String[] args) throws Exception {
        Options options;
        try {
            options = new Options(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        System.exit(new Main(options).run());
    }

    private int run() throws IOException, InterruptedException {
        if (options.mode == Options.Mode.HELP) {
            out.print(new String(Main.class.getResourceAsStream("help.txt").readAllBytes(), StandardCharsets.UTF_8));
            out.flush();
            return 0;
        }
        if (options.mode == Options.Mode.VERSION) {
            System.out.println("releve-cli " + Main.class.getPackage().getImplementationVersion());
            return 0;
        }
        if (options.passwordOnCommandLine && options.authWarning) {
            System.err.println("Warning: Using a password with '-a' or '-u' option on the command line interface may"
                    + " not be safe.");
        }
        Format format = options.format != null ? options.format : outputIsTerminal ? Format.TERMINAL : Format.RAW;
        try (Client client = new Client(options, format, out, outputIsTerminal)) {
            boolean interactive = options.mode == Options.Mode.COMMAND && options.command.isEmpty() && inputIsTerminal;
            if (!client.connect() && !interactive) {
                return 1;
            }
            return switch (options.mode) {
                case SCAN -> new Scan(client, options, out).run();
                case PIPE -> new Pipe(client.connection(), out, options.pipeTimeout).run(System.in);
                case LATENCY -> new Latency(client, options, out, outputIsTerminal).run();
                case STAT -> new Stat(client, options, out).run();
                default -> interactive ? new Shell(client, options, out).run()
                        : options.command.isEmpty() ? fromInput(client) : command(client);
            };
        }
    }

    private int command(Client client) throws IOException, InterruptedException {
        List<byte[]> words = new ArrayList<>();
        for (String word : options.command) {
            if (options.tag != null && options.tag.equals(word)) {
                words.add(System.in.readAllBytes());
            } else if (options.quotedInput) {
                List<byte[]> unquoted = Words.split(word);
                if (unquoted == null || unquoted.size() != 1) {
                    System.err.println("Invalid quoted string specified for '" + word + "'");
                    return 1;
                }
                words.add(unquoted.get(0));
            } else {
                words.add(word.getBytes(StandardCharsets.UTF_8));
            }
        }
        if (options.lastFromInput) {
            words.add(System.in.readAllBytes());
        }
        return repeat(client, words, options.repeat);
    }

    private int repeat(Client client, List<byte[]> words, long times) throws InterruptedException {
        for (long i = 0; times < 0 || i < times; i++) {
            if (i > 0 && options.interval > 0) {
                Thread.sleep((long) (options.interval * 1000));
            }
            try {
                if (!client.run(words) && options.exitOnError) {
                    return 1;
                }
            } catch (IOException e) {
                System.err.println("Error: " + e.getMessage());
                return 1;
            }
        }
        return 0;
    }

    /** Standard input has a command on each line; a number before it repeats it. */
    private int fromInput(Client client) throws IOException, InterruptedException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            List<byte[]> words = Words.split(line);
            if (words == null) {
                out.println("Invalid argument(s)");
                out.flush();
                continue;
            }
            if (words.isEmpty()) {
                continue;
            }
            if (client.connection() == null && !client.connect()) {
                return 1;
            }
            long times = Words.repetitions(words);
            int failed = repeat(client, times > 0 ? words.subList(1, words.size()) : words, Math.max(1, times));
            if (failed != 0) {
                return failed;
            }
        }
        return 0;
    }
}
