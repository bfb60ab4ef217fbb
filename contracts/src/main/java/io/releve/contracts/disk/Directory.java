package io.releve.contracts.disk;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Names, as they are and as they certainly are. */
final class Directory implements Stored {
    final Map<String, Stored> now = new TreeMap<>();
    final Map<String, Stored> certain = new TreeMap<>();

    /** The directory at the end of a path, or null; when it is made it is certain at once. */
    Directory descend(Path path, boolean make) {
        Directory directory = this;
        for (Path part : path.toAbsolutePath().normalize()) {
            Stored next = directory.now.get(part.toString());
            if (next == null && make) {
                next = new Directory();
                directory.now.put(part.toString(), next);
                directory.certain.put(part.toString(), next);
            }
            if (!(next instanceof Directory)) {
                return null;
            }
            directory = (Directory) next;
        }
        return directory;
    }

    @Override
    public Directory copy() {
        Directory copy = new Directory();
        now.forEach((name, stored) -> copy.now.put(name, stored.copy()));
        copy.certain.putAll(copy.now);
        return copy;
    }
}
