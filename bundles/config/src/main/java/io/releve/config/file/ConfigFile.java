package io.releve.config.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Reads redis.conf: one directive a line, {@code #} begins a comment line, {@code include} takes in another file, or
 * all files a pattern names. A relative path counts from the working directory, as with Redis, else from the directory
 * of the file that names it.
 */
final class ConfigFile {
    private static final int DEEPEST_INCLUDE = 16;

    private final List<ConfigLine> lines = new ArrayList<>();

    private ConfigFile() {
    }

    /** All lines with a directive, included ones in their place. UTF-8; CRLF and LF both end a line. */
    static List<ConfigLine> read(Path file) throws ConfigException {
        ConfigFile config = new ConfigFile();
        config.include(file, 0);
        return config.lines;
    }

    /** The same from a text, for example standard input. */
    static List<ConfigLine> parse(String source, String text) throws ConfigException {
        ConfigFile config = new ConfigFile();
        config.add(source, Path.of(""), text, 0);
        return config.lines;
    }

    private void include(Path file, int depth) throws ConfigException {
        if (depth > DEEPEST_INCLUDE) {
            throw new ConfigException("Configuration error: " + file + " is included in itself or too deep");
        }
        String text;
        try {
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigException("Fatal error, can't open config file '" + file + "': " + reason(e));
        }
        Path directory = file.toAbsolutePath().getParent();
        add(file.toString(), directory, text, depth);
    }

    private void add(String source, Path directory, String text, int depth) throws ConfigException {
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            String line = raw.strip();
            if (line.startsWith("# " + Statements.OURS)) {
                lines.add(line(source, number, line.substring(2)));
                continue;
            }
            if (line.isEmpty() || line.charAt(0) == '#') {
                continue;
            }
            ConfigLine parsed = line(source, number, line);
            if (parsed.words().isEmpty()) {
                continue;
            }
            if (!parsed.directive().equals("include")) {
                lines.add(parsed);
                continue;
            }
            if (parsed.words().size() != 2) {
                throw parsed.wrong("wrong number of arguments");
            }
            for (Path included : named(parsed, directory)) {
                include(included, depth + 1);
            }
        }
    }

    private static ConfigLine line(String source, int number, String line) throws ConfigException {
        try {
            return new ConfigLine(source, number, line, Words.split(line));
        } catch (IllegalArgumentException e) {
            throw new ConfigLine(source, number, line, List.of()).wrong(e.getMessage());
        }
    }

    private static Iterable<Path> named(ConfigLine include, Path directory) throws ConfigException {
        String name = include.words().get(1);
        boolean isPattern = name.matches(".*[*?\\[].*");
        if (!isPattern) {
            Path path = Path.of(name);
            return List.of(Files.exists(path) ? path : directory.resolve(path));
        }
        TreeSet<Path> files = new TreeSet<>();
        for (Path base : List.of(Path.of(""), directory)) {
            int slash = name.lastIndexOf('/');
            Path folder = slash < 0 ? base : base.resolve(slash == 0 ? "/" : name.substring(0, slash));
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, name.substring(slash + 1))) {
                found.forEach(files::add);
            } catch (IOException | IllegalArgumentException e) {
                throw include.wrong(e.getMessage());
            }
            if (!files.isEmpty()) {
                break;
            }
        }
        return files;
    }

    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        return e instanceof java.nio.file.AccessDeniedException ? "Permission denied" : e.getMessage();
    }
}
