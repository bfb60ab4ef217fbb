package io.releve.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultHighlighter;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;

/** Asks for commands at a terminal: names are completed, arguments hinted at, a number before a command repeats it. */
final class Shell {
    private final Client client;
    private final Options options;
    private final PrintStream out;
    private CommandDocs docs = new CommandDocs();

    Shell(Client client, Options options, PrintStream out) {
        this.client = client;
        this.options = options;
        this.out = out;
    }

    int run() throws IOException {
        askForDocs();
        DefaultParser parser = new DefaultParser().eofOnUnclosedQuote(false).eofOnEscapedNewLine(false);
        parser.setEscapeChars(null);
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            LineReader reader = LineReaderBuilder.builder().terminal(terminal).parser(parser).completer(completer())
                    .highlighter(new Hints())
                    .variable(LineReader.HISTORY_FILE, Path.of(System.getProperty("user.home"), ".releve_cli_history"))
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .option(LineReader.Option.CASE_INSENSITIVE, true)
                    .build();
            reader.setAutosuggestion(LineReader.SuggestionType.TAIL_TIP);
            while (true) {
                String line;
                try {
                    line = reader.readLine(client.prompt());
                } catch (UserInterruptException | EndOfFileException e) {
                    return 0;
                }
                if (!execute(line)) {
                    return 0;
                }
            }
        }
    }

    private void askForDocs() {
        if (client.connection() == null) {
            return;
        }
        try {
            docs = CommandDocs.ask(client.connection());
        } catch (IOException e) {
            client.connect();
        }
    }

    private Completer completer() {
        return (reader, line, candidates) -> {
            String typed = line.line().substring(0, line.cursor()).toUpperCase(Locale.ROOT).stripLeading();
            int cut = typed.lastIndexOf(' ') + 1;
            for (String name : docs.names()) {
                if (name.startsWith(typed) && name.indexOf(' ', typed.length()) < 0) {
                    candidates.add(new Candidate(name.substring(cut)));
                }
            }
        };
    }

    /** @return false to leave */
    private boolean execute(String line) {
        List<byte[]> words = Words.split(line);
        if (words == null) {
            out.println("Invalid argument(s)");
            out.flush();
            return true;
        }
        if (words.isEmpty()) {
            return true;
        }
        switch (new String(words.get(0), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT)) {
            case "quit", "exit" -> {
                return false;
            }
            case "clear" -> {
                out.print("\033[H\033[2J");
                out.flush();
            }
            case "connect" -> {
                if (words.size() == 3) {
                    options.host = new String(words.get(1), StandardCharsets.UTF_8);
                    options.port = Integer.parseInt(new String(words.get(2), StandardCharsets.US_ASCII));
                    options.unixSocket = null;
                }
                client.connect();
            }
            case "help", "?" -> {
                out.println("Type a command; TAB completes its name, its arguments are shown behind it. quit leaves.");
                out.flush();
            }
            default -> send(words);
        }
        return true;
    }

    private void send(List<byte[]> words) {
        long repetitions = Words.repetitions(words);
        long times = Math.max(1, repetitions);
        List<byte[]> command = repetitions > 0 ? words.subList(1, words.size()) : words;
        for (long i = 0; i < times; i++) {
            if (client.connection() == null && !client.connect()) {
                return;
            }
            try {
                client.run(command);
            } catch (IOException e) {
                System.err.println("Error: " + e.getMessage());
                return;
            }
        }
    }

    /** The reader asks the highlighter at every key: a good moment to say what may follow. */
    private final class Hints extends DefaultHighlighter {
        @Override
        public AttributedString highlight(LineReader reader, String buffer) {
            reader.setTailTip(docs.hint(buffer));
            return new AttributedString(buffer);
        }
    }
}
