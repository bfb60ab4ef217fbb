package io.releve.acl.core;

import io.releve.config.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file with one user a line (redis.io, ACL LOAD): read as a whole or not at all. */
final class UserFile {
    private static final String UNCHANGED =
            "WARNING: ACL errors detected, no change to the previously active ACL rules was performed";

    private final String name;
    private final Path path;

    /**
     * @param name as it was configured
     * @param directory where a relative one begins
     */
    UserFile(String name, String directory) {
        this.name = name;
        path = Path.of(directory).resolve(name);
    }

    byte[] read() throws IOException {
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new IOException("Error loading ACLs, opening file '" + name + "': No such file or directory", e);
        } catch (IOException e) {
            throw new IOException("Error loading ACLs, opening file '" + name + "': " + e.getMessage(), e);
        }
    }

    /**
     * The users of the file with their rights.
     *
     * @throws IllegalArgumentException with everything that is wrong with it
     */
    Map<String, Rights> parse(byte[] content, Accounts accounts) {
        Map<String, Rights> users = new LinkedHashMap<>();
        StringBuilder errors = new StringBuilder();
        String[] lines = new String(content, StandardCharsets.ISO_8859_1).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (!line.isEmpty()) {
                parse(line, i + 1, accounts, users, errors);
            }
        }
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException(errors + UNCHANGED);
        }
        return users;
    }

    private void parse(String line, int number, Accounts accounts, Map<String, Rights> users, StringBuilder errors) {
        String place = name + ':' + number;
        List<String> words = List.of(line.split(" ", -1));
        if (!words.get(0).equals("user") || words.size() < 2) {
            errors.append(place).append(" should start with user keyword followed by the username. ");
            return;
        }
        String user = words.get(1);
        if (Names.hasSpaces(user)) {
            errors.append(place).append(": username '").append(user).append("' contains invalid characters. ");
            return;
        }
        if (users.containsKey(user)) {
            errors.append("WARNING: Duplicate user '").append(user).append("' found on line ").append(number).append(". ");
            return;
        }
        Rights rights = accounts.none();
        users.put(user, rights);
        boolean wrong = false;
        try {
            for (String rule : RuleWords.merged(words.subList(2, words.size()))) {
                try {
                    rights.apply(rule);
                } catch (RuleException e) {
                    if (e.unknownName()) {
                        errors.append(place).append(": Error in applying operation '").append(rule).append("': ")
                                .append(e.getMessage()).append(". ");
                    } else if (!wrong) {
                        // what follows may only be wrong because of it
                        wrong = true;
                        errors.append(place).append(": ").append(e.getMessage()).append(". ");
                    }
                }
            }
        } catch (RuleWords.UnmatchedException e) {
            errors.append(place).append(": Unmatched parenthesis in selector definition.");
        }
    }

    /** Writes the lines, all or nothing, also when the power fails. */
    void write(List<String> lines) throws IOException {
        List<String> all = new ArrayList<>(lines);
        all.add("");
        Path target = Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? path.toRealPath() : path.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new IOException(target + " is a directory");
        }
        WholeFile.replace(target, Names.bytes(String.join("\n", all)));
    }
}
