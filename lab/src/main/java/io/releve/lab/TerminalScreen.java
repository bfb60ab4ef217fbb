package io.releve.lab;

import java.io.IOException;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Status;

/** How things stand is shown below the prompt, what happens above it. */
final class TerminalScreen implements Screen {
    private final Terminal terminal;
    private final LineReader reader;
    private final Status status;

    TerminalScreen() throws IOException {
        terminal = TerminalBuilder.builder().system(true).build();
        reader = LineReaderBuilder.builder().terminal(terminal).option(LineReader.Option.DISABLE_EVENT_EXPANSION, true).build();
        status = Status.getStatus(terminal);
    }

    @Override
    public void line(String text) {
        reader.printAbove(text);
    }

    @Override
    public void status(List<String> lines) {
        if (status != null) {
            status.update(lines.stream().map(AttributedString::new).toList());
        }
    }

    @Override
    public String read() {
        try {
            return reader.readLine("lab> ");
        } catch (UserInterruptException | EndOfFileException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        if (status != null) {
            status.close();
        }
        terminal.close();
    }
}
