package io.releve.tools;

import io.releve.format.aof.AofException;
import io.releve.format.aof.AofReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads one file of commands and finds out up to where it is sound, or up to which byte it is older than a time. */
final class AofCheck {
    private final Path file;
    private final Output out;
    private long size;
    /** Up to where it is to be kept. */
    private long end;
    /** Lines up to there, or to the problem. */
    private long lines = 1;
    private long linesAtEnd = 1;
    /** Where the problem is, or -1. */
    private long problemAt = -1;
    private String problem;

    AofCheck(Path file, Output out) {
        this.file = file;
        this.out = out;
    }

    Path file() {
        return file;
    }

    long size() {
        return size;
    }

    long end() {
        return end;
    }

    boolean isSound() {
        return problem == null;
    }

    /**
     * Reads the file.
     *
     * @param until seconds since the epoch: it is read up to the first annotation with a later time; -1 to the end
     * @return false when the RDB it begins with is damaged
     */
    boolean read(long until) throws IOException {
        try (FileSource source = new FileSource(file, out.bar)) {
            size = source.size();
            AofReader reader = new AofReader(source);
            if (reader.hasPreamble() && !preamble(reader)) {
                return false;
            }
            try {
                readCommands(reader, until);
            } catch (AofException e) {
                problemAt = e.offset();
                problem = e.getMessage();
                end = reader.soundEnd();
            }
        }
        if (problem != null) {
            lines = linesAtEnd + breaks(end, problemAt);
        }
        return true;
    }

    private boolean preamble(AofReader reader) {
        boolean sound = new RdbReport(out).run(file.getFileName().toString(),
                report -> reader.readPreamble(report.at(reader::position), true));
        out.line(sound ? "RDB preamble is OK, proceeding with AOF tail..."
                : "The RDB at the beginning is damaged, and nothing behind it can be used without it");
        return sound;
    }

    private void readCommands(AofReader reader, long until) {
        long before = reader.position();
        while (true) {
            AofReader.Event event = reader.next();
            switch (event) {
                case COMMAND -> lines += 1 + 2L * reader.arguments().size();
                case ANNOTATION -> {
                    if (until >= 0 && reader.timestamp() > until) {
                        end = reader.inTransaction() ? reader.soundEnd() : before;
                        return;
                    }
                    lines++;
                }
                case TRUNCATED -> {
                    end = reader.soundEnd();
                    problemAt = size;
                    problem = "The file ends inside of a "
                            + (reader.inTransaction() ? "transaction (MULTI without EXEC)" : "command")
                            + " that begins at byte " + end;
                    return;
                }
                default -> {
                    end = reader.soundEnd();
                    return;
                }
            }
            before = reader.position();
            if (!reader.inTransaction()) {
                linesAtEnd = lines;
            }
        }
    }

    /** Line ends in a part of the file. */
    private long breaks(long from, long to) throws IOException {
        long count = 0;
        try (var in = Files.newInputStream(file)) {
            in.skipNBytes(from);
            byte[] block = new byte[1 << 16];
            long left = to - from;
            for (int n = 0; left > 0 && n >= 0; left -= n) {
                n = in.read(block, 0, (int) Math.min(left, block.length));
                for (int i = 0; i < n; i++) {
                    count += block[i] == '\n' ? 1 : 0;
                }
            }
        }
        return count;
    }

    void report() {
        if (problem != null) {
            out.line("0x%16x: %s", problemAt, problem);
        }
        out.line("AOF analyzed: filename=%s, size=%d, ok_up_to=%d, ok_up_to_line=%d, diff=%d", file.getFileName(),
                size, end, lines, size - end);
    }

    /** Cuts the file off at {@link #end}, on the disk too. */
    void cut() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(end);
            channel.force(true);
        }
    }
}
